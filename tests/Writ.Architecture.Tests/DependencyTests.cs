using System.Text.Json.Nodes;
using System.Xml.Linq;
using Writ.Testing;

namespace Writ.Architecture.Tests;

public sealed class DependencyTests
{
    private static readonly (string Name, XDocument File)[] Rooms = Projects("src");

    [Fact]
    public void A_room_depends_on_the_rooms_of_the_table_and_on_nothing_above_it() =>
        Law.Holds(Rooms.SelectMany(room => DependencyRules.OnlyAllowedProjects(room.Name, room.File)));

    [Fact]
    public void The_core_takes_no_package() => Law.Holds(Rooms.SelectMany(room => DependencyRules.NoPackageInTheCore(room.Name, room.File)));

    [Fact]
    public void Versions_stand_in_one_place() =>
        Law.Holds(Rooms.Concat(Projects("tests")).Concat(Projects("samples")).SelectMany(p => DependencyRules.VersionsAreCentral(p.Name, p.File)));

    [Fact]
    public void The_table_has_no_cycle()
    {
        var done = new HashSet<string>();
        while (DependencyRules.Allowed.FirstOrDefault(room => !done.Contains(room.Key) && room.Value.All(done.Contains)).Key is { } next)
            done.Add(next);

        Assert.Equal(DependencyRules.Allowed.Keys.Order(), done.Order());
    }

    [Fact]
    public void T74_every_package_is_pinned_by_version_and_digest()
    {
        Law.Holds(PinRules.ExactVersions(CentralPackages));
        Law.Holds(PinRules.ExactVersions(Json("tests", "peers", "package.json")));
        Law.Holds(PinRules.LockedByDigest(Json("tests", "peers", "package-lock.json")));
        Law.Holds(PinRules.ExactVersions(Json("eng", "node", "package.json")));
        Law.Holds(PinRules.LockedByDigest(Json("eng", "node", "package-lock.json")));
    }

    [Theory]
    [InlineData("Writ.Crypto", "../Writ.Ledger/Writ.Ledger.csproj")]
    [InlineData("Writ.Governance", "../Writ.Gateways/Writ.Gateways.csproj")]
    [InlineData("Writ.Ledger", "../../tests/Writ.Testing/Writ.Testing.csproj")]
    [InlineData("Writ.Unheard", "../Writ.Crypto/Writ.Crypto.csproj")]
    public void A_reference_outside_the_table_is_found(string project, string reference) =>
        Assert.Single(DependencyRules.OnlyAllowedProjects(project, Project($"""<ProjectReference Include="{reference}" />""")));

    [Fact]
    public void A_source_file_of_another_folder_is_found() =>
        Assert.Single(DependencyRules.OnlyAllowedProjects("Writ.Crypto", Project("""<Compile Include="../Writ.Ledger/A.cs" />""")));

    [Theory]
    [InlineData("Writ.Cedar", """<PackageReference Include="Parlot" />""")]
    [InlineData("Writ.Cedar", """<PackageReference Include="YamlDotNet" />""")]
    [InlineData("Writ.Governance", """<PackageReference Include="Parlot" />""")]
    [InlineData("Writ.Ledger", """<FrameworkReference Include="Microsoft.AspNetCore.App" />""")]
    public void A_package_in_the_core_is_found(string project, string item) =>
        Assert.Single(DependencyRules.NoPackageInTheCore(project, Project(item)));

    [Fact]
    public void A_version_outside_the_one_place_is_found() =>
        Assert.Single(DependencyRules.VersionsAreCentral("X", Project("""<PackageReference Include="A" Version="1.0.0" />""")));

    [Fact]
    public void A_loose_version_or_lock_is_found()
    {
        Assert.Single(PinRules.ExactVersions(Project("""<PackageVersion Include="A" Version="1.*" />""")));
        Assert.Equal(2, PinRules.ExactVersions(JsonNode.Parse("""{"dependencies":{"a":"^1.0.0","b":"latest","c":"1.0.0"}}""")!).Count());
        Assert.Equal(
            ["a names the registry it came from", "a has no sha512 digest", "b has no sha512 digest"],
            PinRules.LockedByDigest(JsonNode.Parse(
                """{"packages":{"":{},"a":{"resolved":"https://x"},"b":{"integrity":"sha1-x"},"c":{"integrity":"sha512-x"}}}""")!));
    }

    private static XDocument CentralPackages => XDocument.Load(Repository.PathOf("Directory.Packages.props"));

    private static JsonNode Json(params string[] path) => JsonNode.Parse(File.ReadAllText(Repository.PathOf(path)))!;

    private static XDocument Project(string item) => XDocument.Parse($"<Project><ItemGroup>{item}</ItemGroup></Project>");

    private static (string Name, XDocument File)[] Projects(string folder) =>
        [.. Directory.GetFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories)
            .Select(path => (Path.GetFileNameWithoutExtension(path), XDocument.Load(path)))];
}
