using Writ.Server.Installation;

namespace Writ.Server.Login;

/// <summary>What people's login is made of, over the services of an installation.</summary>
internal sealed class LoginParts
{
    public LoginParts(Services services)
    {
        var time = services.Clock.Later;
        Ceremonies = new PasskeyCeremonies(services.Registry, time);
        Copied = new CopiedPasskeys(services.Controls);
        Logins = new Logins(services.Controls, services.Credentials, services.Authenticator);
        Presence = new PresenceCheck(Ceremonies, Copied, services.Admission);
    }

    public PasskeyCeremonies Ceremonies { get; }

    public CopiedPasskeys Copied { get; }

    public Logins Logins { get; }

    public PresenceCheck Presence { get; }
}
