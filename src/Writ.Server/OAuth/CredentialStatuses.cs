using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.OAuth;
using Writ.Governance.Organizations;
using Writ.Governance.Registry;
using Writ.Identity.OAuth;
using Writ.Server.Installation;

namespace Writ.Server.OAuth;

/// <summary>
/// The status lists of an organization: for everybody who takes its tokens and is not Writ, whether the credential behind one still stands. A list is
/// signed anew when something changed, or after half its time, so that nobody makes Writ sign by asking. Thread safe.
/// </summary>
internal sealed class CredentialStatuses(OAuthIssuers issuers, AuthorityKeys authorities, TimeProvider time)
{
    /// <summary>How many credentials a list has.</summary>
    public const int Size = 8_192;

    private const int Bits = 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<(OrganizationId Organization, int Number), (OrganizationState State, DateTimeOffset At, string Text)> _signed = [];

    /// <summary>Where the status of a credential is, and as which number.</summary>
    public (string Address, int Index) Of(OrganizationId organization, AgentCredential credential) => (AddressOf(organization, credential.Number / Size), credential.Number % Size);

    /// <summary>A list, signed; null where there is none, or nobody to sign it.</summary>
    public string? Find(OrganizationState state, int number)
    {
        var now = time.GetUtcNow();
        if (number < 0 || number > (state.AgentCredentials.ById.Count - 1) / Size || state.AgentCredentials.ById.Count == 0 || authorities.Signing(state).Authority is not { } authority)
            return null;
        lock (_lock)
        {
            if (_signed.TryGetValue((state.Id, number), out var known) && ReferenceEquals(known.State, state) && now - known.At < StatusList.TimeToLive / 2)
                return known.Text;
            var statuses = new byte[Size];
            foreach (var credential in state.AgentCredentials.ById.Values.Where(one => one.Number / Size == number))
                statuses[credential.Number % Size] = StatusOf(state, credential, now);
            var text = StatusList.Issue(authority.Tokens, AddressOf(state.Id, number), statuses, Bits, now);
            _signed[(state.Id, number)] = (state, now, text);
            return text;
        }
    }

    private string AddressOf(OrganizationId organization, int number) => $"{issuers.Of(organization)}/status/{number}";

    private static byte StatusOf(OrganizationState state, AgentCredential credential, DateTimeOffset now) =>
        credential.Revoked || now >= credential.ExpiresAt || credential.RetiresAt <= now ? StatusList.Invalid
        : credential.Suspended || !state.Agents.TryGetValue(credential.Agent, out var agent) || agent.Lifecycle != AgentLifecycle.Active ? StatusList.Suspended
        : StatusList.Valid;
}
