namespace Writ.Identity.HttpSignatures;

/// <summary>What a signature can be over: a request or a response as it was received, nothing normalized that RFC 9421 leaves as it is.</summary>
public sealed record SignedMessage
{
    /// <summary>The method of a request, in its case; null in a response.</summary>
    public string? Method { get; init; }

    /// <summary><c>http</c> or <c>https</c>; null in a response.</summary>
    public string? Scheme { get; init; }

    /// <summary>The host as sent, with its port where one was; null in a response.</summary>
    public string? Authority { get; init; }

    /// <summary>The path and the query as they stand in the request line, beginning with a slash; null in a response.</summary>
    public string? Target { get; init; }

    /// <summary>The status of a response; null in a request.</summary>
    public int? Status { get; init; }

    /// <summary>The request that a response answers, of which a signature may cover parts; null where there is none.</summary>
    public SignedMessage? Request { get; init; }

    /// <summary>The lines of a field by its name in lower case; none where the message has none.</summary>
    public required Func<string, IReadOnlyList<string?>> Field { get; init; }
}
