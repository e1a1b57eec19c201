namespace Writ.Server.Login;

/// <summary>Where an enrolment token is used. It stands behind <c>#</c>, which no browser sends and no proxy logs.</summary>
internal static class EnrolmentLink
{
    /// <summary>The link. Passkeys belong to a name, so a loopback address is written as <c>localhost</c>.</summary>
    public static Uri To(Uri server, string token) =>
        new UriBuilder(server) { Host = server.IsLoopback ? "localhost" : server.Host, Path = "/enroll", Fragment = token }.Uri;
}
