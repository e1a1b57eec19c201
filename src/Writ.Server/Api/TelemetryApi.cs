using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Crypto.Vault;
using Writ.Governance.Records;

namespace Writ.Server.Api;

/// <summary><c>GET /v1/records/{index}/payload</c>: what a reported span said, by the place of its record in the decision log.</summary>
internal sealed class TelemetryApi(IRecordLog log, PayloadSealer sealer, TimeProvider time)
{
    public void Map(RouteGroupBuilder people) => people.MapGet("/records/{index}/payload", ReadPayloadAsync);

    private async Task<IResult> ReadPayloadAsync(HttpContext http, ulong index)
    {
        var organization = http.Person().Organization.Id;
        if (!http.Reads(time).IsEverything)
            return Problem.Of(ApiError.NotAllowed, "Reading what agents wrote needs the capability security or compliance.").ToResult();
        if (await log.ReadAsync(organization, index, http.RequestAborted) is not { } bytes)
            return NotThere();
        using var document = JsonDocument.Parse(bytes);
        var record = document.RootElement;
        if (!record.GetProperty("kind").ValueEquals("telemetry"))
            return NotThere();
        var commitment = record.GetProperty("commitment").GetString()!;
        var opened = await log.ReadPayloadAsync(organization, index, http.RequestAborted) is { } payload ? sealer.Open(organization, record.GetProperty("id").GetGuid(), payload.Span) : null;
        return Results.Json(PayloadAnswer.Of(opened, commitment), StrictJson.Options);
    }

    private static IResult NotThere() => Problem.Of(ApiError.NotFound, "There is no record of kind telemetry at that index of your organization's decision log.").ToResult();
}
