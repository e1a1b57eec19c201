using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Server.Login;

/// <summary>What an authenticator's answer is worth. Closed.</summary>
internal abstract record PasskeyAnswer
{
    private PasskeyAnswer()
    {
    }

    /// <summary>It is a passkey of somebody, who is there.</summary>
    public sealed record Accepted(OrganizationId Organization, Passkey Passkey, uint SignCount) : PasskeyAnswer;

    /// <summary>Everything is right but the counter, which did not move: there is a copy of the key somewhere.</summary>
    public sealed record Copied(OrganizationId Organization, Passkey Passkey) : PasskeyAnswer;

    /// <summary>Nobody asked that, or not any more.</summary>
    public sealed record NotAsked : PasskeyAnswer
    {
        public static NotAsked Instance { get; } = new();
    }

    /// <summary>It is wrong: the challenge, the origin, the relying party, the owner or the signature.</summary>
    public sealed record Refused : PasskeyAnswer
    {
        public static Refused Instance { get; } = new();
    }
}
