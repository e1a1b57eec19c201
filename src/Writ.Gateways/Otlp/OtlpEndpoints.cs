using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Writ.Gateways.Otlp;

/// <summary>Puts the door for spans at its address.</summary>
public static class OtlpEndpoints
{
    /// <summary><c>POST /otlp/v1/traces</c>; a sender is given <c>…/otlp</c> as its endpoint.</summary>
    public static void MapOtlp(this IEndpointRouteBuilder routes, OtlpDoor door) => routes.MapPost("/otlp/v1/traces", door.HandleAsync);
}
