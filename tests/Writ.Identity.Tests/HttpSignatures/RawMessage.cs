using Writ.Identity.HttpSignatures;

namespace Writ.Identity.Tests.HttpSignatures;

/// <summary>Reads a message as the RFC prints it.</summary>
internal static class RawMessage
{
    public static SignedMessage Read(string text, string scheme = "https", string moreHeaders = "")
    {
        var lines = text.Split('\n').TakeWhile(line => line.Length > 0).ToArray();
        var fields = lines.Skip(1).Concat(moreHeaders.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(line => line.Split(": ", 2))
            .GroupBy(field => field[0].ToLowerInvariant(), field => (string?)field[1]).ToDictionary(group => group.Key, group => group.ToArray());
        var start = lines[0].Split(' ');
        var message = new SignedMessage { Field = name => fields.GetValueOrDefault(name) ?? [] };
        return start[0].StartsWith("HTTP/", StringComparison.Ordinal)
            ? message with { Status = int.Parse(start[1], System.Globalization.CultureInfo.InvariantCulture) }
            : message with { Method = start[0], Target = start[1], Scheme = scheme, Authority = fields["host"][0] };
    }
}
