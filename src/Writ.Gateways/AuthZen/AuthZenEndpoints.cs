using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Writ.Gateways.AuthZen;

/// <summary>Puts the AuthZEN door at its addresses.</summary>
public static class AuthZenEndpoints
{
    private const string Evaluation = "/access/v1/evaluation";

    /// <summary><c>POST /access/v1/evaluation</c>.</summary>
    public static void MapAuthZen(this IEndpointRouteBuilder routes, AuthZenDoor door) => routes.MapPost(Evaluation, door.HandleAsync);

    /// <summary>
    /// <c>GET /.well-known/authzen-configuration</c> (AuthZEN 1.0 section 9). The address is the server's own; what a caller says in
    /// <c>Host</c> is never repeated, so that nobody can have it cached under another name.
    /// </summary>
    public static void MapAuthZenMetadata(this IEndpointRouteBuilder routes, Func<Uri> address) =>
        routes.MapGet("/.well-known/authzen-configuration", () => Results.Json(
            new DecisionPointMetadata(address().GetLeftPart(UriPartial.Authority), new Uri(address(), Evaluation).ToString()),
            AuthZenJson.Default.DecisionPointMetadata));
}
