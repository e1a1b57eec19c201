using Writ.Server.Installation;
using Writ.Server.OAuth;
using Writ.Server.OpenId;

namespace Writ.Server.Login;

/// <summary>What people's login is made of, over the services of an installation.</summary>
internal sealed class LoginParts : IDisposable
{
    private readonly ProviderConnections _providers;

    public LoginParts(Services services)
    {
        var time = services.Clock.Later;
        Ceremonies = new PasskeyCeremonies(services.Registry, time);
        Copied = new CopiedPasskeys(services.Controls);
        Logins = new Logins(services.Controls, services.Credentials, services.Authenticator);
        _providers = new ProviderConnections(services.Registry, Environment.GetEnvironmentVariable, time);
        OpenId = new OpenIdLogins(services.Registry, _providers, Logins, time);
        Users = new UserTokens(services.Registry, services.TrustDomainNames, time);
        Presence = new PresenceCheck(Ceremonies, Copied, services.Admission);
    }

    public PasskeyCeremonies Ceremonies { get; }

    public CopiedPasskeys Copied { get; }

    public Logins Logins { get; }

    public PresenceCheck Presence { get; }

    public OpenIdLogins OpenId { get; }

    /// <summary>Verifies the tokens of end users.</summary>
    public UserTokens Users { get; }

    public void Dispose()
    {
        _providers.Dispose();
        Users.Dispose();
    }
}
