using System.Buffers;
using System.Globalization;
using System.Text;
using Writ.Ledger.Notes;

namespace Writ.Ledger.Trust;

/// <summary>
/// Reads a policy file line by line (C2SP tlog-policy). Names are opaque bytes, held as the characters U+0000 to U+00FF. Goes on after a
/// problem, so that all are told. Used once.
/// </summary>
internal sealed class PolicyFile
{
    private const int MostOfAKind = 1024;
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Select(c => (char)c).Where(c => c is not ('\t' or '\n'))]);

    private readonly List<NoteVerifierKey> _logs = [];
    private readonly List<TrustedWitness> _witnesses = [];
    private readonly Dictionary<string, Quorum> _named = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private readonly List<PolicyFileProblem> _problems = [];
    private Quorum? _quorum;
    private int _line;

    public IReadOnlyList<PolicyFileProblem> Problems => _problems;

    /// <summary>The policy; null where there are problems.</summary>
    public TrustPolicy? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > TrustPolicy.MaxFileLength)
        {
            Refuse($"the file is longer than {TrustPolicy.MaxFileLength} bytes");
            return null;
        }

        var lines = Encoding.Latin1.GetString(file).Split('\n');
        for (_line = 1; _line < lines.Length; _line++)
            ReadLine(lines[_line - 1]);
        if (lines[^1].Length > 0)
            Refuse("the last line does not end: was the file cut?");
        _line = lines.Length - 1;
        if (_quorum is null)
            Refuse("there is no quorum line; 'quorum none' asks for no witness");
        return _problems.Count == 0 ? new TrustPolicy(_logs, [], _witnesses, _quorum!) : null;
    }

    private void ReadLine(string line)
    {
        var control = line.AsSpan().IndexOfAny(Controls);
        if (control >= 0)
        {
            Refuse($"control character 0x{(int)line[control]:X2}; only tabs and newlines are allowed");
            return;
        }

        if (line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is not { Length: > 0 } items || items[0].StartsWith('#'))
            return;
        switch (items[0])
        {
            case "log":
                ReadLog(items);
                break;
            case "witness":
                ReadWitness(items);
                break;
            case "group":
                ReadGroup(items);
                break;
            case "quorum":
                ReadQuorum(items);
                break;
            default:
                Refuse($"'{Shown(items[0])}' is not log, witness, group or quorum");
                break;
        }
    }

    private void ReadLog(string[] items)
    {
        if (items.Length is not (2 or 3))
            Refuse("expected: log VKEY [URL]");
        else if (Key(items[1], cosignature: false) is { } key && Address(items.ElementAtOrDefault(2), out _))
        {
            if (_logs.Any(l => l.Key.Equals(key.Key)))
                Refuse("this log's key stands twice");
            else if (_logs.Count == MostOfAKind)
                Refuse($"more than {MostOfAKind} logs");
            else
                _logs.Add(key);
        }
    }

    private void ReadWitness(string[] items)
    {
        if (items.Length is not (3 or 4))
            Refuse("expected: witness NAME VKEY [URL]");
        else if (Key(items[2], cosignature: true) is { } key && Address(items.ElementAtOrDefault(3), out var address))
        {
            if (_witnesses.Any(w => w.Key.Key.Equals(key.Key)))
                Refuse("this witness's key stands twice");
            else if (Define(items[1], new Quorum.Witness(items[1])))
                _witnesses.Add(new TrustedWitness(items[1], key, address));
        }
    }

    private void ReadGroup(string[] items)
    {
        if (items.Length < 4)
        {
            Refuse("expected: group NAME all|any|K MEMBER…");
            return;
        }

        var members = items[3..];
        var least = items[2] switch { "any" => 1, "all" => members.Length, _ => Number(items[2]) };
        if (least < 1 || least > members.Length)
        {
            Refuse($"'{Shown(items[2])}' is not all, any, or a number from 1 to the {members.Length} members");
            return;
        }

        var resolved = new List<Quorum>();
        foreach (var member in members)
        {
            if (!_named.TryGetValue(member, out var quorum))
                Refuse($"'{Shown(member)}' is not a witness or group of a line above");
            else if (!_members.Add(member))
                Refuse($"'{Shown(member)}' is a member already: each may count in one way only");
            else
                resolved.Add(quorum);
        }

        if (resolved.Count == members.Length)
            Define(items[1], new Quorum.Group(items[1], least, resolved));
    }

    private void ReadQuorum(string[] items)
    {
        if (items.Length != 2)
            Refuse("expected: quorum NAME, or quorum none");
        else if (_quorum is not null)
            Refuse("there is a quorum line already");
        else if (items[1] == "none")
            _quorum = new Quorum.None();
        else if (!_named.TryGetValue(items[1], out _quorum))
            Refuse($"'{Shown(items[1])}' is not a witness or group of a line above");
    }

    private bool Define(string name, Quorum quorum)
    {
        if (name == "none")
            Refuse("'none' is no name for a witness or group");
        else if (_named.Count == MostOfAKind)
            Refuse($"more than {MostOfAKind} witnesses and groups");
        else if (_named.TryAdd(name, quorum))
            return true;
        else
            Refuse($"'{Shown(name)}' is defined already");
        return false;
    }

    private NoteVerifierKey? Key(string item, bool cosignature)
    {
        string text;
        try
        {
            text = NoteText.Strict.GetString(Encoding.Latin1.GetBytes(item));
        }
        catch (DecoderFallbackException)
        {
            text = "";
        }

        if (!NoteVerifierKey.TryParse(text, out var key))
            Refuse("this is no verifier key (name+id+key) of a type that is known here: Ed25519 for logs, Ed25519 cosignatures for witnesses");
        else if (key.IsCosignature != cosignature)
            Refuse(cosignature ? "this is the key of a log, not of a witness: a cosignature key has type 4" : "this is the key of a witness, not of a log");
        else
            return key;
        return null;
    }

    private bool Address(string? item, out Uri? address)
    {
        address = null;
        if (item is null || (Uri.TryCreate(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(item)), UriKind.Absolute, out address) && address.Scheme is "http" or "https"))
            return true;
        Refuse($"'{Shown(item)}' is not an http or https address");
        return false;
    }

    /// <summary>A number in decimal as it is written plainly; 0 where it is none.</summary>
    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text ? number : 0;

    private static string Shown(string item) => item.Length <= 60 ? item : item[..60] + "…";

    private void Refuse(string message)
    {
        if (_problems.Count < 100)
            _problems.Add(new PolicyFileProblem(Math.Max(1, _line), message));
    }
}
