using System.Globalization;
using System.Net;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>Names of hosts in the one form that policies compare: lower case, IDN in punycode, no final dot.</summary>
internal static class HostName
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>The name, or null where it is none.</summary>
    public static string? Read(string text)
    {
        if (text.EndsWith('.'))
            text = text[..^1];
        if (text.Length is 0 or > 253)
            return null;
        try
        {
            var name = Idn.GetAscii(text).ToLowerInvariant();
            return name.Length <= 253 && name.Split('.').All(IsLabel) ? name : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether a name would be taken for an IPv4 address by some program: 127.1, 0x7f000001, 2130706433.</summary>
    public static bool LooksLikeAddress(string name)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        return IPAddress.TryParse(name, out _) || last.All(char.IsAsciiDigit) || last.StartsWith("0x", StringComparison.Ordinal);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
