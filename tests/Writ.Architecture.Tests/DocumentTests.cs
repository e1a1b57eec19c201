using System.Text.Json.Nodes;
using System.Xml.Linq;
using Writ.Testing;

namespace Writ.Architecture.Tests;

public sealed class DocumentTests
{
    private static readonly string[] Skipped = ["artifacts", "node_modules", ".git"];

    [Fact]
    public void Every_link_in_a_document_leads_somewhere() =>
        Law.Holds(
            from path in Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            let relative = Path.GetRelativePath(Repository.Root, path)
            where !relative.Split(Path.DirectorySeparatorChar).Intersect(Skipped).Any()
            from broken in DocumentRules.LinksLead(relative, File.ReadAllText(path), target => Path.Exists(Repository.PathOf(target)))
            select broken);

    [Fact]
    public void Every_code_has_one_row_in_the_table_of_errors()
    {
        var table = Text("docs", "errors.md");
        Law.Holds(SourceFile.Below("src").SelectMany(file => DocumentRules.CodesHaveARow(file, table)).Concat(DocumentRules.CodesHaveTheirPlace(table)));
    }

    [Fact]
    public void Every_test_that_the_threat_model_names_exists()
    {
        var tests = SourceFile.Below("tests").SelectMany(DocumentRules.TestsOf).ToHashSet();
        Law.Holds(DocumentRules.TestsExist(Text("docs", "threat-model.md"), tests));
    }

    [Fact]
    public void Every_package_is_explained()
    {
        var packages = XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion").Select(p => p.Attribute("Include")!.Value)
            .Concat(Names("tests", "peers", "package.json", "dependencies"))
            .Concat(Names("eng", "node", "package.json", "optionalDependencies"));
        Law.Holds(PinRules.Explained(packages, Text("docs", "dependencies.md")));
    }

    [Fact]
    public void A_link_to_nowhere_is_found()
    {
        const string markdown = "[a](there.md) [b](../x/gone.md#part) [c](https://x.example/y) [d](#here)";

        Assert.Equal(
            ["docs/a.md links to ../x/gone.md#part, which does not exist"],
            DocumentRules.LinksLead("docs/a.md", markdown, target => target == "docs/there.md"));
    }

    [Fact]
    public void A_code_without_a_row_in_two_rows_or_in_the_wrong_room_is_found()
    {
        const string table = "## 1xxx Policy\n| `WRIT1001` | x |\n| `WRIT1001` | x |\n| `WRIT2001` | x |\n";

        Assert.Single(DocumentRules.CodesHaveARow(new SourceFile("src/X/A.cs", "\"WRIT1001\", \"WRIT1002\""), table));
        Assert.Equal(["WRIT1001 stands twice", "WRIT2001 stands under 1xxx"], DocumentRules.CodesHaveTheirPlace(table));
    }

    [Fact]
    public void A_test_that_is_only_promised_is_found()
    {
        var tests = DocumentRules.TestsOf(new SourceFile("tests/X/A.cs", "public async Task A_b_c() { } // void D_e_f()")).ToHashSet();

        Assert.Equal(["there is no test D_e_f"], DocumentRules.TestsExist("`A_b_c`, `D_e_f`", tests));
    }

    [Fact]
    public void A_package_without_a_line_is_found() => Assert.Equal(["b has no line"], PinRules.Explained(["a", "b"], "| `a` | why |"));

    private static string Text(params string[] path) => File.ReadAllText(Repository.PathOf(path));

    private static IEnumerable<string> Names(string folder, string sub, string file, string kind) =>
        JsonNode.Parse(Text(folder, sub, file))![kind]!.AsObject().Select(package => package.Key);
}
