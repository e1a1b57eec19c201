using System.Diagnostics;
using System.Globalization;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;
using Writ.Identity.HttpSignatures;

namespace Writ.Bench.Identity;

/// <summary>A signed request: reading its two fields, the rules, the base and the signature, beside the bare verification that it needs. Medians, taken in turns.</summary>
internal static class SignatureFigures
{
    private const int Runs = 400;

    private static readonly SignatureRules Rules = new() { Tag = "writ", Required = ["@method", ContentDigest.Field], Target = true, MaxAge = TimeSpan.FromMinutes(1), Nonce = true };

    public static IEnumerable<Figure> Measure()
    {
        using var key = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate());
        var content = new byte[2048];
        Random.Shared.NextBytes(content);
        var digest = ContentDigest.Of(content);
        var now = TimeProvider.System.GetUtcNow();
        var message = new SignedMessage
        {
            Method = "POST", Scheme = "https", Authority = "writ.example", Target = "/mcp/desk", Field = name => name switch { ContentDigest.Field => [digest], "content-type" => ["application/json"], _ => [] },
        };
        var terms = new SignatureTerms
        {
            Components = ["@method", "@target-uri", ContentDigest.Field, "content-type"], Created = now, Expires = now + TimeSpan.FromMinutes(1), Nonce = "0123456789abcdef0123456789abcdef", KeyId = "did:key:z", Tag = "writ",
        };
        var (input, value) = MessageSigner.Sign(message, terms, key);
        var bare = key.Sign(JoseAlgorithm.Ed25519, content.AsSpan(0, 400));

        var (alone, whole) = (new List<double>(), new List<double>());
        for (var run = 0; run < Runs; run++)
        {
            alone.Add(Time(() => Must(key.VerificationKey.Verify(JoseAlgorithm.Ed25519, content.AsSpan(0, 400), bare))));
            whole.Add(Time(() =>
            {
                Must(MessageSignature.TryRead([input], [value], out var signatures));
                Must(signatures[0].Check(message, Rules, now) == SignatureFault.None);
                Must(signatures[0].Verify(message, key.VerificationKey) == SignatureFault.None);
                Must(ContentDigest.TryRead([digest], out var read) && read.IsOf(content));
            }));
        }

        var conditions = string.Create(CultureInfo.InvariantCulture, $"RFC 9421, Ed25519, four components, {content.Length:N0} bytes of content, median of {Runs}, load {Machine.Load()}");
        yield return new Figure("signature of 400 bytes", Median(alone), "us", null, true, conditions);
        yield return new Figure("a signed request with its content, beyond the signature", Median(whole) - Median(alone), "us", 50, true, conditions);
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static void Must(bool isTrue)
    {
        if (!isTrue)
            throw new InvalidOperationException("what has to verify does not");
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
