using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Writ.Cedar.Values;

/// <summary>The textual form of IP addresses and ranges. Stricter than the framework's, which takes octal, short and zoned forms.</summary>
internal static class IpText
{
    public const string Expected = "an IP address is IPv4 or IPv6 in plain form, alone or with a prefix length, such as 10.0.0.0/8 or ffee::/64";

    public static bool TryParse(string? text, [NotNullWhen(true)] out IpValue? value)
    {
        value = null;
        var address = text.AsSpan();
        var slash = address.IndexOf('/');
        ReadOnlySpan<char> prefixText = slash < 0 ? default : address[(slash + 1)..];
        if (slash >= 0)
            address = address[..slash];
        var isIPv6 = address.Contains(':');
        var bits = isIPv6 ? 128 : 32;
        var prefix = bits;
        if (slash >= 0 && !Number(prefixText, 3, bits, out prefix))
            return false;
        if (isIPv6 ? !Parse6(address, out var number) : !Parse4(address, out number))
            return false;
        value = new IpValue(isIPv6, number, prefix);
        return true;
    }

    public static string Write(IpValue value)
    {
        var text = new StringBuilder();
        if (!value.IsIPv6)
        {
            for (var shift = 24; shift >= 0; shift -= 8)
                text.Append(CultureInfo.InvariantCulture, $"{(byte)(value.Address >> shift)}{(shift > 0 ? "." : "")}");
        }
        else
        {
            for (var shift = 112; shift >= 0; shift -= 16)
                text.Append(CultureInfo.InvariantCulture, $"{(ushort)(value.Address >> shift):x}{(shift > 0 ? ":" : "")}");
        }

        return text.Append(CultureInfo.InvariantCulture, $"/{value.PrefixLength}").ToString();
    }

    private static bool Parse4(ReadOnlySpan<char> text, out UInt128 address)
    {
        address = 0;
        for (var octet = 0; octet < 4; octet++)
        {
            var dot = text.IndexOf('.');
            if ((dot < 0) != (octet == 3) || !Number(dot < 0 ? text : text[..dot], 3, 255, out var number))
                return false;
            address = (address << 8) | (uint)number;
            text = text[(dot + 1)..];
        }

        return true;
    }

    private static bool Parse6(ReadOnlySpan<char> text, out UInt128 address)
    {
        address = 0;
        var gap = text.IndexOf("::");
        if (gap < 0)
            return Groups(text, out address, out var all) && all == 8;
        if (!Groups(text[..gap], out var head, out var before) || !Groups(text[(gap + 2)..], out var tail, out var after) || before + after > 7)
            return false;
        address = before == 0 ? tail : (head << (16 * (8 - before))) | tail;
        return true;
    }

    private static bool Groups(ReadOnlySpan<char> text, out UInt128 number, out int count)
    {
        number = 0;
        count = 0;
        if (text.IsEmpty)
            return true;
        while (true)
        {
            var colon = text.IndexOf(':');
            var group = colon < 0 ? text : text[..colon];
            if (++count > 8 || group.Length is 0 or > 4 || !ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                return false;
            number = (number << 16) | value;
            if (colon < 0)
                return true;
            text = text[(colon + 1)..];
        }
    }

    private static bool Number(ReadOnlySpan<char> text, int maxDigits, int max, out int number)
    {
        number = 0;
        return !text.IsEmpty && text.Length <= maxDigits && !text.ContainsAnyExceptInRange('0', '9')
            && (text.Length == 1 || text[0] != '0')
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;
    }
}
