using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Writ.Server.OpenId;

/// <summary>The logins that are at a provider, in memory, by <c>state</c>. Each comes back once; the oldest goes when there are too many. Thread safe.</summary>
internal sealed class OpenIdAttempts(TimeProvider time)
{
    /// <summary>How long a person has at the provider.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private const int Most = 4_096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (OpenIdAttempt Attempt, DateTimeOffset Until)> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>256 random bits, in base64url.</summary>
    public static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Lets one wait; its <c>state</c>.</summary>
    public string Add(OpenIdAttempt attempt)
    {
        var state = Random();
        lock (_lock)
        {
            if (_order.Count >= Most)
                _waiting.Remove(_order.Dequeue());
            _order.Enqueue(state);
            _waiting[state] = (attempt, time.GetUtcNow() + Life);
        }

        return state;
    }

    /// <summary>Takes one away; false where there is none, or its time is over.</summary>
    public bool TryTake(string state, [NotNullWhen(true)] out OpenIdAttempt? attempt)
    {
        lock (_lock)
        {
            attempt = _waiting.Remove(state, out var waiting) && waiting.Until > time.GetUtcNow() ? waiting.Attempt : null;
            return attempt is not null;
        }
    }
}
