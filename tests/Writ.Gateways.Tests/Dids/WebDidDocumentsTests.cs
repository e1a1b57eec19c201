using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Http;
using Writ.Gateways.Dids;
using Writ.Identity.Dids;
using Writ.Testing;

namespace Writ.Gateways.Tests.Dids;

public sealed class WebDidDocumentsTests
{
    private static readonly ImmutableArray<string> Here = ["127.0.0.1"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_is_read_from_the_address_that_its_did_is()
    {
        await using var domain = await DidDomain.StartAsync();
        using var documents = domain.Documents(TimeProvider.System);
        var (document, obstacle) = await documents.FetchAsync(domain.Did, Here, Stop);
        Assert.NotNull(document);
        Assert.Equal("", obstacle);
        Assert.Equal(domain.Did, document.Id);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.7")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("64:ff9b::7f00:1")]
    public async Task T59_a_did_leads_to_no_address_that_is_not_public(string address)
    {
        await using var domain = await DidDomain.StartAsync();
        using var documents = domain.Documents(TimeProvider.System, address);
        var (document, obstacle) = await documents.FetchAsync(domain.Did, ["203.0.113.0/24"], Stop);
        Assert.Null(document);
        Assert.Contains("leads to a loopback, private or special address", obstacle, StringComparison.Ordinal);
        Assert.Equal(0, domain.Asked);
    }

    [Fact]
    public async Task T59_a_name_that_leads_elsewhere_the_second_time_is_refused_then()
    {
        await using var domain = await DidDomain.StartAsync();
        var addresses = new Queue<string>(["127.0.0.1", "10.0.0.1"]);
        using var documents = new WebDidDocuments(
            TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(addresses.Dequeue())]), (_, _, _, _) => true);
        domain.Answer = http =>
        {
            http.Response.Headers.Connection = "close";
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync(domain.Document);
        };
        Assert.NotNull((await documents.FetchAsync(domain.Did, Here, Stop)).Document);
        Assert.Contains("leads to", (await documents.FetchAsync(domain.Did, Here, Stop)).Obstacle, StringComparison.Ordinal);
        Assert.Equal(1, domain.Asked);
    }

    [Fact]
    public async Task T59_no_redirect_is_followed_and_no_certificate_but_a_trusted_one_is_believed()
    {
        await using var domain = await DidDomain.StartAsync();
        using var documents = domain.Documents(TimeProvider.System);
        domain.Answer = http =>
        {
            http.Response.Redirect("/helper/did.json");
            return Task.CompletedTask;
        };
        var (document, obstacle) = await documents.FetchAsync(domain.Did, Here, Stop);
        Assert.Null(document);
        Assert.Contains("302", obstacle, StringComparison.Ordinal);
        Assert.Equal(1, domain.Asked);

        using var strict = new WebDidDocuments(TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]), null);
        Assert.Null((await strict.FetchAsync(domain.Did, Here, Stop)).Document);
        Assert.Equal(1, domain.Asked);
    }

    [Theory]
    [InlineData("text/html", "DOCUMENT")]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", "not json")]
    [InlineData("application/json", "LONG")]
    [InlineData("application/json", "ANOTHER")]
    public async Task What_is_not_the_document_of_this_did_is_none(string type, string text)
    {
        await using var domain = await DidDomain.StartAsync();
        using var documents = domain.Documents(TimeProvider.System);
        domain.Answer = http =>
        {
            http.Response.ContentType = type;
            return http.Response.WriteAsync(text switch
            {
                "DOCUMENT" => domain.Document,
                "LONG" => domain.Document + new string(' ', DidDocument.MaxBytes),
                "ANOTHER" => domain.Document.Replace(":helper\"", ":other\"", StringComparison.Ordinal),
                _ => text,
            });
        };
        var (document, obstacle) = await documents.FetchAsync(domain.Did, Here, Stop);
        Assert.Null(document);
        Assert.NotEmpty(obstacle);
    }

    [Fact]
    public async Task What_one_registration_allows_shows_another_nothing()
    {
        await using var domain = await DidDomain.StartAsync();
        using var documents = domain.Documents(TimeProvider.System);
        Assert.NotNull(await documents.FindAsync(domain.Did, Here, Stop));
        Assert.Null(await documents.FindAsync(domain.Did, [], Stop));
        Assert.Null((await documents.FetchAsync(domain.Did, ["not an address"], Stop)).Document);
    }

    [Fact]
    public async Task A_document_is_asked_for_at_most_every_five_minutes_and_believed_for_an_hour_where_it_cannot_be_had()
    {
        await using var domain = await DidDomain.StartAsync();
        var time = new FakeTime();
        using var documents = domain.Documents(time);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => documents.FindAsync(domain.Did, Here, Stop).AsTask()));
        Assert.Equal(1, domain.Asked);
        time.Advance(WebDidDocuments.Fresh - TimeSpan.FromSeconds(1));
        Assert.NotNull(await documents.FindAsync(domain.Did, Here, Stop));
        Assert.Equal(1, domain.Asked);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await documents.FindAsync(domain.Did, Here, Stop));
        Assert.Equal(2, domain.Asked);

        domain.Answer = http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        time.Advance(WebDidDocuments.Fresh);
        Assert.NotNull(await documents.FindAsync(domain.Did, Here, Stop));
        Assert.NotNull(await documents.FindAsync(domain.Did, Here, Stop)); // and it is not asked again at once
        Assert.Equal(3, domain.Asked);
        time.Advance(WebDidDocuments.Stale - WebDidDocuments.Fresh - TimeSpan.FromSeconds(1));
        Assert.NotNull(await documents.FindAsync(domain.Did, Here, Stop));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await documents.FindAsync(domain.Did, Here, Stop));
        domain.Answer = null;
        time.Advance(WebDidDocuments.Pause);
        Assert.NotNull(await documents.FindAsync(domain.Did, Here, Stop));
    }
}
