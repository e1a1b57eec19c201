using System.Text;
using System.Text.Json.Nodes;
using Writ.Crypto.Jose;
using Writ.Identity.HttpSignatures;
using Writ.Testing;

namespace Writ.Identity.Tests.HttpSignatures;

public sealed class WebBotAuthTests
{
    private static readonly SignatureRules Rules = new() { Tag = "web-bot-auth", Required = ["@authority"], MaxAge = TimeSpan.FromDays(40_000), Nonce = true };

    [Theory]
    [InlineData("web_bot_auth_architecture_v1.json")]
    [InlineData("web_bot_auth_architecture_v2.json")]
    public void Every_published_request_verifies_and_names_its_key_by_thumbprint(string file)
    {
        var count = 0;
        foreach (var item in JsonNode.Parse(File.ReadAllBytes(Corpora.Require("identity/web-bot-auth/" + file)))!.AsArray())
        {
            var key = KeyOf(item!["key"]!);
            var target = new Uri(item["target_url"]!.GetValue<string>());
            var agent = item["signature_agent"]?.GetValue<string>();
            var message = new SignedMessage
            {
                Method = "GET", Scheme = target.Scheme, Authority = target.Authority, Target = target.PathAndQuery,
                Field = name => name == "signature-agent" && agent is not null ? [agent] : [],
            };
            Assert.True(MessageSignature.TryRead([item["signature_input"]!.GetValue<string>()], [item["signature"]!.GetValue<string>()], out var signatures));
            var signature = signatures.Single();
            var now = DateTimeOffset.FromUnixTimeMilliseconds(item["created_ms"]!.GetValue<long>());
            Assert.Equal(item["label"]!.GetValue<string>(), signature.Label);
            Assert.Equal(item["nonce"]!.GetValue<string>(), signature.Nonce);
            Assert.Equal(key.Thumbprint.ToBase64Url(), signature.KeyId);
            Assert.Equal(SignatureFault.None, signature.Check(message, Rules, now));
            Assert.Equal(SignatureFault.None, signature.Verify(message, key));
            Assert.Equal(SignatureFault.NotFresh, signature.Check(message, Rules, signature.Expires!.Value + TimeSpan.FromMinutes(1)));
            Assert.NotEqual(SignatureFault.None, signature.Verify(message with { Authority = "evil.example" }, key));
            if (agent is not null)
                Assert.NotEqual(SignatureFault.None, signature.Verify(message with { Field = name => name == "signature-agent" ? [agent.Replace("test", "evil", StringComparison.Ordinal)] : [] }, key));
            count++;
        }

        Assert.InRange(count, 4, 20);
    }

    [Fact]
    public void Every_published_header_that_names_an_agent_is_read()
    {
        var count = 0;
        foreach (var item in JsonNode.Parse(File.ReadAllBytes(Corpora.Require("identity/web-bot-auth/web_bot_auth_signature_agent_v1.json")))!.AsArray())
        {
            Assert.True(FieldReader.TryReadDictionary(item!["header"]!.GetValue<string>(), 8, out var members));
            var read = members.Select(member => (member.Key, ((BareItem.Text)member.Value.Value!).Value, (member.Value.Parameter("type") as BareItem.Token)?.Value ?? "directory"));
            Assert.Equal(item["entries"]!.AsArray().Select(entry => (entry!["label"]!.GetValue<string>(), entry["uri"]!.GetValue<string>(), entry["type"]!.GetValue<string>())), read);
            count++;
        }

        Assert.Equal(3, count);
    }

    private static JsonWebKey KeyOf(JsonNode node)
    {
        var jwk = node.DeepClone().AsObject();
        foreach (var member in new[] { "d", "p", "q", "dp", "dq", "qi" })
            jwk.Remove(member);
        Assert.True(JsonWebKey.TryParse(Encoding.UTF8.GetBytes(jwk.ToJsonString()), out var key, out var fault), fault.ToString());
        return key;
    }
}
