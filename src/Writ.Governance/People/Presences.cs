namespace Writ.Governance.People;

/// <summary>The words of presence.</summary>
public static class Presences
{
    public static string Word(this Presence presence) => presence switch
    {
        Presence.Installation => "installation",
        Presence.BootstrapToken => "bootstrap-token",
        Presence.StoredToken => "stored-token",
        Presence.EnrolmentToken => "enrolment-token",
        Presence.Session => "session",
        Presence.OpenId => "openid",
        Presence.Directory => "directory",
        Presence.Passkey => "passkey",
        _ => throw new ArgumentOutOfRangeException(nameof(presence), presence, null),
    };
}
