namespace Writ.Gateways.Otlp;

/// <summary>What can be wrong with a request of spans; docs/errors.md says what to do.</summary>
internal static class OtlpCodes
{
    /// <summary>The body is not what its content type says.</summary>
    public const string Unreadable = "WRIT2080";

    /// <summary>The request holds more than is taken at once.</summary>
    public const string TooLong = "WRIT2081";

    /// <summary>Some of the spans are not acceptable; the others are recorded.</summary>
    public const string Rejected = "WRIT2082";

    /// <summary>The content type or the content encoding is not one of those that are read.</summary>
    public const string WrongType = "WRIT2083";
}
