using Writ.Governance.Policies;
using Writ.Governance.Policies.Authoring;
using Writ.Governance.Policies.Testing;

namespace Writ.Cli.Policies.Cases;

/// <summary>
/// A file with one request: <c>principal, action, args, facts</c> as in a case. It may name its own <c>servers</c>, <c>principals</c> and
/// <c>beside</c>; without them, those of the first file in the bundle's <c>tests/</c> hold.
/// </summary>
internal static class RequestFile
{
    public static (CaseSet World, TrialCall Call)? Read(string path, string folder, List<PolicyProblem> problems)
    {
        if (new YamlFile(path, problems).Read() is not { } document)
            return null;
        var isWhole = document is YamlValue.Map map && map.Find("servers") is not null;
        var tests = Path.Combine(folder, "tests");
        var beside = isWhole || !Directory.Exists(tests) ? null : Directory.EnumerateFiles(tests, "*.yaml").Order(StringComparer.Ordinal).FirstOrDefault();
        if (!isWhole && beside is null)
        {
            problems.Add(new PolicyProblem(path, document.Line, document.Column, "'servers' is missing, and the bundle has no tests/*.yaml to take them from"));
            return null;
        }

        var reader = new MapReader(path, problems, document, "the request");
        var world = isWhole ? CaseFile.WorldOf(path, reader, problems) : CaseFile.ReadWorld(beside!, problems);
        if (world is null)
            return null;
        var call = CaseReader.Call(reader, world);
        reader.End();
        return problems.Count == 0 && call is not null ? (world, call) : null;
    }
}
