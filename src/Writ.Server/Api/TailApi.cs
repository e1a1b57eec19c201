using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Gateways.Credentials;
using Writ.Governance.Credentials;
using Writ.Governance.Feeds;
using Writ.Governance.People;
using Writ.Governance.Querying;
using Writ.Governance.Querying.Language;
using Writ.Governance.Records;
using Writ.Server.Installation;

namespace Writ.Server.Api;

/// <summary>
/// <c>/v1/records/tail</c>: what the caller may read of the decision log, as it becomes durable, as server-sent events. Who is calling, and what they
/// may read, is asked again before every batch.
/// </summary>
internal sealed class TailApi(RecordIndexes indexes, ResourceNames resources, Authenticator authenticator, TailSeats seats, TimeProvider time, CancellationToken stopping)
{
    private static readonly FeedOptions Options = new() { Gather = TimeSpan.FromMilliseconds(50), BatchRecords = 128, BatchBytes = 256 * 1024 };

    public void Map(RouteGroupBuilder people) => people.MapGet("/records/tail", (HttpContext http, string? q, ulong? after) => TailAsync(http, q ?? "", after));

    private async Task TailAsync(HttpContext http, string text, ulong? after)
    {
        var caller = http.Person();
        if (Query(caller, text, out var query) is { } wrong)
        {
            await wrong.AnswerAsync(http);
            return;
        }

        if (Position(http, caller, after, out var position) is { } unknown)
        {
            await unknown.AnswerAsync(http);
            return;
        }

        using var seat = seats.TryTake(caller.Organization.Id, caller.Person.Id);
        if (seat is null)
        {
            http.Response.Headers.RetryAfter = "5";
            await Problem.Of(ApiError.TooManyTails, $"You have {TailSeats.PerPerson} streams open, or your organization has {TailSeats.PerOrganization}: close one.").AnswerAsync(http);
            return;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            await StreamAsync(http, query!, position, ends.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The answer ends as it should; who wants more comes back with the last id.
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // The reader takes nothing.
            http.Abort();
        }
    }

    private async Task StreamAsync(HttpContext http, RecordQuery query, ulong position, CancellationToken cancellation)
    {
        var stream = new EventStream(http, time);
        await stream.OpenAsync(position, cancellation);
        while (Caller(http) is { } caller)
        {
            using var pause = new CancellationTokenSource(EventStream.KeepAlive, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, pause.Token);
            FeedRange range;
            try
            {
                range = await NextAsync(caller, query, position, either.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                await stream.AliveAsync(position, cancellation);
                continue;
            }

            // It may have taken a while: what is sent now is for whom may read it now.
            if (Caller(http) is not { } still || !ReferenceEquals(still.Organization, caller.Organization))
                continue;
            position = range.End;
            if (!range.Records.IsEmpty)
                await stream.SendAsync(range.Records, cancellation);
            else if (stream.Quiet >= EventStream.KeepAlive)
                await stream.AliveAsync(position, cancellation);
        }
    }

    private async ValueTask<FeedRange> NextAsync(Caller.PersonCaller caller, RecordQuery query, ulong position, CancellationToken cancellation)
    {
        RecordIndex? index;
        while ((index = indexes.Of(caller.Organization.Id)) is null)
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellation);
        var scope = ReaderScope.Of(caller.Person, caller.Organization.Agents.Values, time.GetUtcNow());
        var filter = scope.Within(query).Filter;
        return await new FeedReader(index.Log, (first, end) => index.Select(filter, first, end, time), Options, time).NextAsync(position, cancellation);
    }

    /// <summary>Who holds the credential now; null when it is in force no more.</summary>
    private Caller.PersonCaller? Caller(HttpContext http) => http.Person() is { Presence.Kind: Presence.Session } session
        ? authenticator.Again(session)
        : authenticator.Authenticate(http.Presented()) as Caller.PersonCaller;

    private Problem? Query(Caller.PersonCaller caller, string text, out RecordQuery? query)
    {
        query = null;
        switch (RecordQuery.Parse(text, new RegistryNames(caller.Organization, resources, caller.Person, time.GetUtcNow())))
        {
            case QueryReading.Read { Query: { IsFilterAlone: true } read }:
                query = read;
                return null;
            case QueryReading.Wrong wrong:
                return Problem.Of(ApiError.QueryWrong, wrong.Problem.ToString());
            default:
                return Problem.Of(ApiError.QueryWrong, "a tail takes a filter alone, without group by, show, order by and limit");
        }
    }

    /// <summary>Where to begin: after the last event that the reader had, else where it says, else now.</summary>
    private Problem? Position(HttpContext http, Caller.PersonCaller caller, ulong? after, out ulong position)
    {
        var size = indexes.Of(caller.Organization.Id)?.Log.Head.Size ?? 0;
        position = size;
        if (http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last)
        {
            if (!ulong.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                return Problem.Of(ApiError.Malformed, "Last-Event-ID: the index of a record");
            after = index;
        }

        if (after is not { } begin)
            return null;
        position = begin + 1;
        return begin < size ? null : Problem.Of(ApiError.BeyondTheLog, $"The log has {size} records, and there is none with the index {begin}. Was it restored? Begin without an index.");
    }
}
