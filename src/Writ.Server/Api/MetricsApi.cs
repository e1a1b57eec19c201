using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Server.Metrics;

namespace Writ.Server.Api;

/// <summary><c>GET /metrics</c>: the process and the caller's organization, as Prometheus reads it; nothing of any other organization.</summary>
internal sealed class MetricsApi(ImmutableArray<IMetricSource> sources)
{
    public void Map(RouteGroupBuilder people) => people.MapGet("/metrics", (HttpContext http) =>
    {
        var writer = new MetricWriter();
        foreach (var source in sources)
            source.WriteTo(writer, http.Person().Organization.Id);
        return Results.Text(writer.ToString(), MetricWriter.ContentType);
    });
}
