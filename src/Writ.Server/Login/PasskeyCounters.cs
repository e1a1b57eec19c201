using Writ.Governance.People;

namespace Writ.Server.Login;

/// <summary>
/// The signature counters of authenticators, as far as they have come. The control log knows most of them; what approvals moved on lies
/// here until the process ends. Thread safe.
/// </summary>
internal sealed class PasskeyCounters
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, uint> _seen = new(StringComparer.Ordinal);

    /// <summary>
    /// Moves a counter on. False where it does not move: then two authenticators have the one key (WebAuthn, section 6.1.1). One that is
    /// always zero counts nothing, and says nothing.
    /// </summary>
    public bool TryAdvance(Passkey passkey, uint to)
    {
        lock (_lock)
        {
            var from = Math.Max(passkey.SignCount, _seen.GetValueOrDefault(passkey.Id));
            if (to <= from && (to != 0 || from != 0))
                return false;
            if (to != 0)
                _seen[passkey.Id] = to;
            return true;
        }
    }
}
