using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Authoring;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy compile</c>: shows the Cedar that files of the YAML form compile to. Needs no server.</summary>
internal static class PolicyCompileCommand
{
    public static Command Create(Session session)
    {
        var path = new Argument<string>("path") { Description = "A file of the YAML form, or a bundle with such files." };
        var command = new Verb("compile", "Show the Cedar that policies in YAML compile to: that is what decides.",
            "writ policy compile prod.yaml",
            "writ policy compile samples/policies/support-desk") { path };
        session.Run(command, (parse, screen, _) => Task.FromResult(Compile(screen, parse.GetRequiredValue(path))));
        return command;
    }

    private static ExitCode Compile(Screen screen, string path)
    {
        var isFolder = Directory.Exists(path);
        string[] files = isFolder ? [.. PolicyForm.FilesIn(path)] : [path];
        if (files.Length == 0)
            return screen.Fail(new Trouble(ExitCode.BadInput, $"{path} holds no *{PolicyForm.Extension} file"));
        var forms = new List<(string File, PolicyForm Form)>();
        foreach (var file in files)
        {
            if (TextFile.Read(file, out var trouble) is not { } text)
                return screen.Fail(trouble!);
            var name = isFolder ? Path.GetRelativePath(path, file).Replace('\\', '/') : Path.GetFileName(file);
            forms.Add((file, PolicyForm.Compile(name, text)));
        }

        if (forms.SelectMany(f => f.Form.Problems.Select(p => new TroubleSpot(f.File, p.Line, p.Column, p.Message))).ToArray() is { Length: > 0 } spots)
            return screen.Fail(new Trouble(ExitCode.BadInput, spots.Length == 1 ? $"{path} has a problem" : $"{path} has {spots.Length} problems") { Spots = [.. spots] });
        screen.Document(new JsonObject
        {
            ["files"] = new JsonArray([.. forms.Select(f => (JsonNode)new JsonObject
            {
                ["file"] = f.File,
                ["name"] = f.Form.Name,
                ["cedar"] = f.Form.Cedar,
                ["warnings"] = new JsonArray([.. f.Form.Warnings.Select(w => (JsonNode)w.ToString())]),
            })]),
        });
        foreach (var (file, form) in forms)
        {
            foreach (var line in form.Cedar.TrimEnd('\n').Split('\n'))
                screen.Line(InertText.Of(line));
            foreach (var warning in form.Warnings)
                screen.Note($"{file}:{warning.Line}:{warning.Column}: {warning.Message}");
        }

        return ExitCode.Done;
    }
}
