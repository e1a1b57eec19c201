using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Writ.Crypto.Hashing;
using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Server.Tests.Login;

/// <summary>What loosens something takes a passkey that signed for exactly that.</summary>
public sealed class PresenceTests
{
    private static JsonObject Person(string name) => new() { ["name"] = name, ["capabilities"] = new JsonArray("app") };

    [Fact]
    public async Task Who_has_a_passkey_loosens_nothing_with_a_token_or_a_session_and_restricts_with_either()
    {
        await using var writ = await RunningServer.StartAsync();
        using var passkey = new SoftPasskey();
        var browser = new Visitor(writ);
        await browser.ExpectAsync(201, "POST", "/v1/people", Person("before"), writ.Person);
        await browser.EnrolAsync(passkey, browser.FirstEnrolment);

        await browser.RefusedAsync(403, "WRIT3151", "POST", "/v1/people", Person("kim"), writ.Person);
        await browser.RefusedAsync(403, "WRIT3151", "POST", "/v1/people", Person("kim"));
        await browser.RefusedAsync(403, "WRIT3151", "POST", "/v1/people/before/invite");
        await browser.RefusedAsync(403, "WRIT3151", "POST", "/v1/people/administrator/invite", token: writ.Person);
        var killed = await browser.ExpectAsync(201, "POST", "/v1/kills", new JsonObject { ["scope"] = "everything", ["reason"] = "a drill" }, writ.Person);
        var lift = $"/v1/kills/{killed["kill"]!["id"]}/lift";
        await browser.RefusedAsync(403, "WRIT3151", "POST", lift, new JsonObject { ["reason"] = "over" }, writ.Person);

        var body = new JsonObject { ["reason"] = "over" };
        await browser.ExpectAsync(200, "POST", lift, body, presence: await browser.SignPresenceAsync(passkey, "POST", lift, body));
        await browser.ExpectAsync(201, "POST", "/v1/people", Person("kim"), presence: await browser.SignPresenceAsync(passkey, "POST", "/v1/people", Person("kim")));
    }

    [Fact]
    public async Task Losing_the_last_passkey_does_not_make_a_stored_token_stand_for_presence_again()
    {
        await using var writ = await RunningServer.StartAsync();
        using var passkey = new SoftPasskey();
        var browser = new Visitor(writ);
        await browser.EnrolAsync(passkey, browser.FirstEnrolment);
        var id = Base64Url.EncodeToString(passkey.Id);
        await browser.ExpectAsync(200, "POST", $"/v1/people/administrator/passkeys/{id}/revoke", new JsonObject { ["reason"] = "lost" }, writ.Person);
        await browser.RefusedAsync(401, "WRIT3001", "GET", "/v1/login");
        await browser.RefusedAsync(403, "WRIT3151", "POST", "/v1/people", Person("kim"), writ.Person);
    }

    [Fact]
    public async Task What_a_passkey_signed_counts_once_for_one_request_of_one_credential()
    {
        await using var writ = await RunningServer.StartAsync();
        using var ada = new SoftPasskey();
        using var kim = new SoftPasskey();
        var (browser, other) = (new Visitor(writ), new Visitor(writ));
        await browser.ExpectAsync(201, "POST", "/v1/people", new JsonObject { ["name"] = "kim", ["capabilities"] = new JsonArray("security") }, writ.Person);
        var invited = await browser.ExpectAsync(201, "POST", "/v1/people/kim/invite", token: writ.Person);
        await other.EnrolAsync(kim, invited["token"]!.GetValue<string>());
        await browser.EnrolAsync(ada, browser.FirstEnrolment);

        // Another body, another path, another credential of the same person, another person.
        Task<string> Signed() => browser.SignPresenceAsync(ada, "POST", "/v1/people", Person("lee"));
        await browser.RefusedAsync(403, "WRIT3152", "POST", "/v1/people", Person("eve"), presence: await Signed());
        await browser.RefusedAsync(403, "WRIT3152", "POST", "/v1/people?x", Person("lee"), presence: await Signed());
        await browser.RefusedAsync(403, "WRIT3152", "POST", "/v1/people", Person("lee"), writ.Person, await Signed());
        await other.RefusedAsync(403, "WRIT3152", "POST", "/v1/people", Person("lee"), presence: await Signed());
        await browser.RefusedAsync(403, "WRIT3152", "POST", "/v1/people", Person("lee"), presence: await browser.SignPresenceAsync(kim, "POST", "/v1/people", Person("lee")));
        await browser.RefusedAsync(403, "WRIT3152", "POST", "/v1/people", Person("lee"), presence: "e30");

        var once = await Signed();
        await browser.ExpectAsync(201, "POST", "/v1/people", Person("lee"), presence: once);
        await browser.RefusedAsync(403, "WRIT3152", "POST", "/v1/people", Person("lee"), presence: once);
        Assert.Equal(4, (await browser.ExpectAsync(200, "GET", "/v1/people"))["people"]!.AsArray().Count + 1);
    }

    [Fact]
    public async Task An_answer_to_a_login_proves_nothing_for_a_request()
    {
        await using var writ = await RunningServer.StartAsync();
        using var passkey = new SoftPasskey();
        var browser = new Visitor(writ);
        await browser.EnrolAsync(passkey, browser.FirstEnrolment);
        var login = await browser.SignLoginAsync(passkey);
        var header = Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(login.ToJsonString()));
        await browser.RefusedAsync(403, "WRIT3152", "POST", "/v1/people", Person("kim"), presence: header);
    }

    [Fact]
    public async Task The_record_of_an_action_lets_anybody_check_what_the_passkey_signed_for_it()
    {
        var folder = Directory.CreateTempSubdirectory("writ-server-").FullName;
        try
        {
            using var passkey = new SoftPasskey();
            string body;
            await using (var writ = await RunningServer.StartWithAsync(folder, options => options))
            {
                var browser = new Visitor(writ);
                await browser.EnrolAsync(passkey, browser.FirstEnrolment);
                body = Person("kim").ToJsonString();
                await browser.ExpectAsync(201, "POST", "/v1/people", Person("kim"), presence: await browser.SignPresenceAsync(passkey, "POST", "/v1/people", Person("kim")));
            }

            var records = await ControlRecords.ReadAsync(folder);
            var record = records.Single(r => r["action"]!["kind"]!.GetValue<string>() == "person.added" && r["action"]!["person"]!.GetValue<string>() == "kim");
            var registered = records.Single(r => r["action"]!["kind"]!.GetValue<string>() == "passkey.registered")["action"]!;
            var (by, proof) = (record["by"]!, record["by"]!["proof"]!);
            Assert.Equal("passkey", by["presence"]!.GetValue<string>());
            Assert.Equal(registered["passkey"]!.GetValue<string>(), proof["passkey"]!.GetValue<string>());

            byte[] Bytes(string member) => Base64Url.DecodeFromChars(proof[member]!.GetValue<string>());
            var request = PresenceRequest.Digest(OrganizationId.Parse("default"), PersonId.Parse("administrator"), "POST", "/v1/people", Hash256.Of(System.Text.Encoding.UTF8.GetBytes(body)));
            Assert.Equal(request.ToHex(), proof["request"]!.GetValue<string>());
            var client = JsonNode.Parse(Bytes("client_data"))!;
            Assert.Equal(Base64Url.EncodeToString(PresenceChallenge.Of(Bytes("nonce"), request)), client["challenge"]!.GetValue<string>());
            var key = Base64Url.DecodeFromChars(registered["public_key"]!.GetValue<string>());
            using var verifier = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = key[10..42], Y = key[45..77] } });
            byte[] signed = [.. Bytes("authenticator_data"), .. SHA256.HashData(Bytes("client_data"))];
            Assert.True(verifier.VerifyData(signed, Bytes("signature"), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
            signed[^1] ^= 1;
            Assert.False(verifier.VerifyData(signed, Bytes("signature"), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
