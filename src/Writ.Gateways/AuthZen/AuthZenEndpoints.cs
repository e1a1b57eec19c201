using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Writ.Gateways.AuthZen;

/// <summary>Puts the AuthZEN door at its addresses.</summary>
public static class AuthZenEndpoints
{
    internal const string Evaluation = "/access/v1/evaluation";

    internal const string Evaluations = "/access/v1/evaluations";

    internal const string AccessRequests = "/access/v1/requests";

    private const string Search = "/access/v1/search";

    /// <summary>The endpoints under <c>/access/v1</c>.</summary>
    public static void MapAuthZen(this IEndpointRouteBuilder routes, AuthZenDoor door)
    {
        routes.MapPost(Evaluation, door.EvaluateAsync);
        routes.MapPost(Evaluations, door.EvaluateAllAsync);
        foreach (var kind in Enum.GetValues<SearchKind>())
            routes.MapPost(PathOf(kind), http => door.SearchAsync(http, kind));
        routes.MapGet(AccessRequests + "/{id}", http => door.AccessRequestAsync(http, (string)http.GetRouteValue("id")!));
    }

    /// <summary>
    /// <c>GET /.well-known/authzen-configuration</c> (AuthZEN 1.0 section 9). The address is the server's own; what a caller says in
    /// <c>Host</c> is never repeated, so that nobody can have it cached under another name.
    /// </summary>
    public static void MapAuthZenMetadata(this IEndpointRouteBuilder routes, Func<Uri> address) =>
        routes.MapGet("/.well-known/authzen-configuration", () =>
        {
            string At(string path) => new Uri(address(), path).ToString();
            return Results.Json(
                new DecisionPointMetadata(
                    address().GetLeftPart(UriPartial.Authority), At(Evaluation), At(Evaluations),
                    At(PathOf(SearchKind.Subject)), At(PathOf(SearchKind.Resource)), At(PathOf(SearchKind.Action))),
                AuthZenJson.Default.DecisionPointMetadata);
        });

    private static string PathOf(SearchKind kind) => kind switch
    {
        SearchKind.Subject => Search + "/subject",
        SearchKind.Resource => Search + "/resource",
        SearchKind.Action => Search + "/action",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
