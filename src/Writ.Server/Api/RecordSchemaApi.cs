using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Records;

namespace Writ.Server.Api;

/// <summary><c>/v1/records/schema</c>: what records look like.</summary>
internal static class RecordSchemaApi
{
    private static readonly byte[] Schema = RecordSchema.Document.ToArray();

    public static void Map(RouteGroupBuilder people) =>
        people.MapGet("/records/schema", () => Results.Bytes(Schema, "application/schema+json"));
}
