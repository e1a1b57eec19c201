using Writ.Identity.Spiffe;

namespace Writ.Server.Installation;

/// <summary>An authority whose keys are at hand.</summary>
/// <param name="Svids">Signs X.509-SVIDs.</param>
/// <param name="Tokens">Signs JWT-SVIDs.</param>
internal sealed record OpenAuthority(SvidAuthority Svids, JwtSvidSigner Tokens) : IDisposable
{
    public void Dispose()
    {
        Svids.Dispose();
        Tokens.Dispose();
    }
}
