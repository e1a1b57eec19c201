namespace Writ.Governance.Policies.Remote;

/// <summary>The words of <see cref="PointFailure"/>, which are never renamed, and what each says of the point.</summary>
internal static class PointFailures
{
    public static string Word(this PointFailure failure) => failure switch
    {
        PointFailure.TimedOut => "timed-out",
        PointFailure.Unreachable => "unreachable",
        PointFailure.AddressRefused => "address-refused",
        PointFailure.Tls => "tls-failed",
        PointFailure.Redirect => "redirect",
        PointFailure.Status => "status",
        PointFailure.QuestionRefused => "question-refused",
        PointFailure.TooLong => "too-long",
        PointFailure.MediaType => "media-type",
        PointFailure.Malformed => "malformed",
        PointFailure.Conditional => "conditional",
        PointFailure.QuestionTooLong => "question-too-long",
        PointFailure.Secret => "secret-missing",
        PointFailure.Busy => "busy",
        PointFailure.Open => "open",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, null),
    };

    /// <summary>Whether the point itself failed. What an agent can bring about by what it writes does not count, or one agent could close a
    /// point for all.</summary>
    public static bool IsThePoints(this PointFailure failure) =>
        failure is not (PointFailure.QuestionRefused or PointFailure.QuestionTooLong or PointFailure.Conditional or PointFailure.Secret or PointFailure.Busy or PointFailure.Open);

    /// <summary>Whether it was not asked at all.</summary>
    public static bool IsUnasked(this PointFailure failure) => failure is PointFailure.Busy or PointFailure.Open;
}
