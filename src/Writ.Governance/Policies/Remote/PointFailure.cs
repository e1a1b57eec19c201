namespace Writ.Governance.Policies.Remote;

/// <summary>Why a decision point gave no answer that counts.</summary>
public enum PointFailure
{
    /// <summary>It did not answer in its time.</summary>
    TimedOut,

    /// <summary>No connection, or one that broke.</summary>
    Unreachable,

    /// <summary>The host has an address that it may not have.</summary>
    AddressRefused,

    /// <summary>The TLS handshake failed: expired, self-signed, of another name.</summary>
    Tls,

    /// <summary>It redirects; redirects are not followed.</summary>
    Redirect,

    /// <summary>Another status than 200.</summary>
    Status,

    /// <summary>It says that this question is wrong (400, 413, 422), which says nothing of how it is.</summary>
    QuestionRefused,

    /// <summary>The answer is longer than 64 KiB.</summary>
    TooLong,

    /// <summary>Not <c>application/json</c>.</summary>
    MediaType,

    /// <summary>Not the JSON of an answer, read strictly.</summary>
    Malformed,

    /// <summary>A yes under obligations, which nobody here would meet.</summary>
    Conditional,

    /// <summary>The question is longer than is sent.</summary>
    QuestionTooLong,

    /// <summary>The secret is not in the environment, or is none that a header can carry.</summary>
    Secret,

    /// <summary>As many questions as it may have wait already.</summary>
    Busy,

    /// <summary>It failed so often that it is not asked for a while.</summary>
    Open,
}
