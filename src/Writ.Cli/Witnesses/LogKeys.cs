using Writ.Cli.Terminal;
using Writ.Ledger.Notes;

namespace Writ.Cli.Witnesses;

/// <summary>Reads the verifier keys of the logs that a witness serves.</summary>
internal static class LogKeys
{
    /// <summary>The keys; null, and what is wrong with the first that is none.</summary>
    public static IReadOnlyList<NoteVerifierKey>? Read(IReadOnlyList<string> items, out Trouble? trouble)
    {
        var keys = new List<NoteVerifierKey>();
        foreach (var item in items)
        {
            if (!File.Exists(item))
            {
                if (Add(keys, item, item) is { } wrong)
                    return Refuse(wrong, out trouble);
                continue;
            }

            if (TextFile.Read(item, out trouble) is not { } text)
                return null;
            var lines = text.Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i].Trim() is { Length: > 0 } line && line[0] != '#' && Add(keys, line, $"{item}:{i + 1}") is { } wrong)
                    return Refuse(wrong, out trouble);
            }
        }

        trouble = keys.Count == 0 ? new Trouble(ExitCode.BadInput, "--log names no log") : null;
        return trouble is null ? keys : null;
    }

    private static string? Add(List<NoteVerifierKey> keys, string text, string place)
    {
        if (!NoteVerifierKey.TryParse(text, out var key))
            return $"{place}: this is no verifier key (name+id+key) and no file";
        if (key.IsCosignature)
            return $"{place}: this is a witness's key, not a log's";
        keys.Add(key);
        return null;
    }

    private static IReadOnlyList<NoteVerifierKey>? Refuse(string why, out Trouble? trouble)
    {
        trouble = new Trouble(ExitCode.BadInput, why) { Advice = "A log's verifier key is shown by `writ ledger show` (without a folder) and GET /v1/ledger." };
        return null;
    }
}
