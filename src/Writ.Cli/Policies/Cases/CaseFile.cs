using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Authoring;
using Writ.Governance.Policies.Testing;

namespace Writ.Cli.Policies.Cases;

/// <summary>Reads a file of cases: the servers whose tools are called, the principals that call, and the cases.</summary>
internal sealed class CaseFile
{
    private const int MaxCases = 10_000;
    private readonly string _path;
    private readonly string _bundle;
    private readonly List<PolicyProblem> _problems;

    private CaseFile(string path, string bundle, List<PolicyProblem> problems) => (_path, _bundle, _problems) = (path, bundle, problems);

    /// <summary>The cases; null where the file holds none that can be tried, which is then among the problems.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bundle">The name of the bundle that rules without one belong to.</param>
    /// <param name="problems">Receives what is wrong, with its place.</param>
    public static CaseSet? Read(string path, string bundle, List<PolicyProblem> problems)
    {
        var before = problems.Count;
        if (new YamlFile(path, problems).Read() is not { } document)
            return null;
        var set = new CaseFile(path, bundle, problems).Read(document);
        return problems.Count == before ? set : null;
    }

    /// <summary>Only the world of a file: its cases are not looked at.</summary>
    public static CaseSet? ReadWorld(string path, List<PolicyProblem> problems)
    {
        var before = problems.Count;
        if (new YamlFile(path, problems).Read() is not { } document)
            return null;
        var file = new CaseFile(path, "", problems);
        var root = file.Reader(document, "the file");
        root.Value("cases");
        var set = file.World(root);
        root.End();
        return problems.Count == before ? set : null;
    }

    /// <summary>The world that a mapping of another kind of file names.</summary>
    public static CaseSet? WorldOf(string path, MapReader root, List<PolicyProblem> problems)
    {
        var before = problems.Count;
        var set = new CaseFile(path, "", problems).World(root);
        return problems.Count == before ? set : null;
    }

    private CaseSet Read(YamlValue document)
    {
        var root = Reader(document, "the file");
        var world = World(root);
        var cases = ImmutableArray.CreateBuilder<PolicyCase>();
        switch (root.Value("cases"))
        {
            case YamlValue.List { Items: { Length: > 0 and <= MaxCases } items }:
                foreach (var item in items)
                    cases.AddRange(Variants(item, world));
                break;
            case var other:
                root.Report(other ?? document, $"'cases' is {other?.Kind ?? "missing"}; expected a list of 1 to {MaxCases} cases");
                break;
        }

        root.End();
        return world with { Cases = cases.ToImmutable() };
    }

    private CaseSet World(MapReader root)
    {
        var beside = (root.Words("beside") ?? []).Select(folder => Path.Combine(Path.GetDirectoryName(_path) ?? "", folder)).ToImmutableArray();
        var servers = ImmutableArray.CreateBuilder<TrialServer>();
        var given = root.Value("servers");
        foreach (var entry in given is null ? [] : Entries(given, "servers"))
        {
            if (ToolFiles.Read(_path, entry, Reader(entry.Value, $"'{entry.Key}'"), _problems) is { } server)
                servers.Add(server);
        }

        if (servers.Count == 0 && _problems.Count == 0)
            _problems.Add(new PolicyProblem(_path, 1, 1, "'servers' is missing: it names the files of the tools that are called"));
        var slugs = servers.Select(server => server.Slug).ToArray();
        var principals = ImmutableSortedDictionary.CreateBuilder<string, Agent>(StringComparer.Ordinal);
        foreach (var entry in root.Value("principals") is { } stated ? Entries(stated, "principals") : [])
            principals[entry.Key] = PrincipalReader.Read(entry.Key, Reader(entry.Value, $"'{entry.Key}'"), TrialWorld.Describe(entry.Key, slugs));
        if (principals.Count == 0)
            principals["agent"] = TrialWorld.Describe("agent", slugs);
        return new CaseSet(_path, servers.ToImmutable(), principals.ToImmutable(), beside, []);
    }

    /// <summary>A case, or one for each of its variants: what a variant states goes over what the case states.</summary>
    private PolicyCase[] Variants(YamlValue item, CaseSet world)
    {
        if (item is not YamlValue.Map whole || whole.Find("each") is not { } each)
            return CaseReader.Read(_path, Reader(item, "a case"), item.Line, world, _bundle, "") is { } only ? [only] : [];
        var list = each.Value as YamlValue.List;
        if (list is null || list.Items.IsEmpty)
        {
            _problems.Add(new PolicyProblem(_path, each.Line, each.Column, $"'each' is {each.Value.Kind}; expected a list of variants"));
            return [];
        }

        var shared = whole with { Entries = whole.Entries.Remove(each) };
        return list.Items.Select(variant =>
        {
            var reader = Reader(variant is YamlValue.Map own ? YamlMerge.Over(shared, own) : variant, "a variant");
            return CaseReader.Read(_path, reader, variant.Line, world, _bundle, YamlMerge.Label(variant));
        }).OfType<PolicyCase>().ToArray();
    }

    private ImmutableArray<YamlEntry> Entries(YamlValue value, string key)
    {
        if (value is YamlValue.Map map)
            return map.Entries;
        _problems.Add(new PolicyProblem(_path, value.Line, value.Column, $"'{key}' is {value.Kind}; expected a mapping"));
        return [];
    }

    private MapReader Reader(YamlValue value, string what) => new(_path, _problems, value, what);
}
