using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Authoring;
using Writ.Governance.Policies.Importing;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy import</c>: makes a bundle of another product's policy, and says what a person has to look at. Needs no server.</summary>
internal static class PolicyImportCommand
{
    private const string Toolkit = "governance.toolkit";
    private const string Cedar = "cedar";

    public static Command Create(Session session)
    {
        var file = new Argument<string>("file") { Description = "The policy to import." };
        var from = new Option<string>("--from") { Description = "What it is: governance.toolkit or cedar.", HelpName = "KIND", Required = true };
        from.AcceptOnlyFromAmong(Toolkit, Cedar);
        var output = new Option<string>("--output") { Description = "The folder of the bundle that is made; it must not exist.", HelpName = "FOLDER", Required = true };
        var command = new Verb("import", "Make a bundle of another product's policy. Ends with 1 where a person has to look at something first.",
            "writ policy import policy.yaml --from governance.toolkit --output imported",
            "writ policy import policy.cedar --from cedar --output imported")
        {
            file, from, output,
        };
        session.Run(command, (parse, screen, _) => Task.FromResult(Import(screen, parse.GetRequiredValue(file), parse.GetRequiredValue(from), parse.GetRequiredValue(output))));
        return command;
    }

    private static ExitCode Import(Screen screen, string file, string from, string output)
    {
        if (TextFile.Read(file, out var trouble) is not { } text)
            return screen.Fail(trouble!);
        if (Path.Exists(output))
            return screen.Fail(new Trouble(ExitCode.BadInput, $"{output} exists already") { Advice = "Name a folder that does not: nothing is written over." });
        return from == Cedar
            ? Write(screen, file, output, new ImportResult("imported", text, [], []), "policy.cedar")
            : Write(screen, file, output, ToolkitImport.Read(Path.GetFileName(file), text), null);
    }

    private static ExitCode Write(Screen screen, string file, string output, ImportResult result, string? fileName)
    {
        if (result.Problems.Length > 0)
            return screen.Fail(new Trouble(ExitCode.BadInput, $"{file} cannot be imported") { Spots = [.. result.Problems.Select(p => new TroubleSpot(file, p.Line, p.Column, p.Message))] });
        var name = fileName ?? result.Name + PolicyForm.Extension;
        var archive = new BundleArchive(new BundleManifest { Name = result.Name, Version = "1", Tier = BundleTier.Soft }, Files(name, result.Yaml));
        if (BundlePublication.Problems(archive) is { Count: > 0 } problems)
            return screen.Fail(new Trouble(ExitCode.BadInput, $"{file} cannot be imported") { Spots = [.. problems.Select(p => new TroubleSpot(file, p.Line, p.Column, p.Message))] });
        try
        {
            Directory.CreateDirectory(output);
            File.WriteAllText(Path.Combine(output, name), result.Yaml);
            File.WriteAllText(Path.Combine(output, "bundle.json"), $$"""{ "name": {{JsonSerializer.Serialize(result.Name)}}, "version": "1", "tier": "soft" }""" + "\n");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return screen.Fail(new Trouble(ExitCode.Failed, $"{output} cannot be written: {failure.Message}"));
        }

        screen.Document(new JsonObject
        {
            ["name"] = result.Name,
            ["exact"] = result.IsExact,
            ["notes"] = new JsonArray([.. result.Notes.Select(n => (JsonNode)new JsonObject { ["kind"] = Word(n.Kind), ["line"] = n.Line, ["column"] = n.Column, ["message"] = n.Message })]),
        });
        screen.Line($"wrote {InertText.Of(Path.Combine(output, name))}", Look.Good);
        foreach (var note in result.Notes)
            screen.Line($"{InertText.Of(file)}:{note.Line}:{note.Column}: {Word(note.Kind)}: {InertText.Of(note.Message)}", note.Kind == ImportNoteKind.Note ? Look.Plain : Look.Held);
        return result.IsExact ? ExitCode.Done : ExitCode.No;
    }

    private static System.Collections.Immutable.ImmutableArray<BundleFile> Files(string name, string text) =>
        name.EndsWith(PolicyForm.Extension, StringComparison.Ordinal)
            ? [new BundleFile(name, text), new BundleFile(name + PolicyForm.CompiledSuffix, PolicyForm.Compile(name, text).Cedar)]
            : [new BundleFile(name, text)];

    private static string Word(ImportNoteKind kind) => kind switch
    {
        ImportNoteKind.Conflict => "conflict",
        ImportNoteKind.NotCarried => "not carried",
        _ => "note",
    };
}
