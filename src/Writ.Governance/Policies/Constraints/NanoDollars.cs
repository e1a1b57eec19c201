using System.Globalization;

namespace Writ.Governance.Policies.Constraints;

/// <summary>US dollars as policies write them and as Writ counts them: in whole billionths.</summary>
internal static class NanoDollars
{
    public const string Expected = "a number of US dollars with at most 9 decimals, from 0 to 1000000000";

    private const long InADollar = 1_000_000_000;

    /// <summary>Reads digits with at most one point. Nothing is ever rounded: what has no exact count is no amount.</summary>
    public static bool TryRead(string text, out long nano)
    {
        nano = 0;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars) || dollars > InADollar)
            return false;
        var exact = dollars * InADollar;
        if (exact != decimal.Truncate(exact))
            return false;
        nano = (long)exact;
        return true;
    }

    public static string Write(long nano) => (nano / (decimal)InADollar).ToString(CultureInfo.InvariantCulture);
}
