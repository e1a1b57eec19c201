using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;
using Writ.Crypto.Keys;
using Writ.Crypto.Signing;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Signing;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy sign</c>: signs a bundle, beside it.</summary>
internal static class PolicySignCommand
{
    public static Command Create(Session session)
    {
        var folder = new Argument<string>("folder") { Description = "The bundle: bundle.json and *.cedar files." };
        var key = new Option<string>("--key") { Description = "The file with the private key, as `writ policy keygen` made it.", HelpName = "FILE", Required = true };
        var command = new Verb("sign", "Sign a folder of policies: the signature goes into its bundle.sig.",
            "writ policy sign samples/policies/support-desk --key ~/.writ/publisher.key") { folder, key };
        session.Run(command, (parse, screen, _) => Task.FromResult(Sign(screen, parse.GetRequiredValue(folder), parse.GetRequiredValue(key))));
        return command;
    }

    private static ExitCode Sign(Screen screen, string folder, string keyFile)
    {
        var place = Path.Combine(folder, BundleSignature.FileName);
        var reading = BundleFolder.Read(folder);
        if (reading is BundleReading.Refused refused)
            return screen.Fail(BundleProblems.Of(folder, refused.Problems));
        var archive = ((BundleReading.Read)reading).Archive;
        if (!SecretKey.TryReadFile(keyFile, KeyPurpose.BundleSigningKey, out var secret, out var fault))
            return screen.Fail(new Trouble(ExitCode.BadInput, fault.Message) { Advice = "Make a key with `writ policy keygen`." });
        using (secret)
        {
            using var key = Ed25519PrivateKey.FromSeed(secret.Bytes);
            var signature = BundleSignature.Of(archive.Digest, key);
            try
            {
                File.WriteAllText(place, signature.ToText());
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return screen.Fail(new Trouble(ExitCode.BadInput, $"cannot write {place}: {failure.Message}"));
            }

            screen.Line($"signed {InertText.Of(archive.Manifest.Name)} {InertText.Of(archive.Manifest.Version)}", Look.Good);
            screen.Facts([("digest", archive.Digest.ToHex()), ("key", signature.Key)]);
            screen.Document(new JsonObject { ["name"] = archive.Manifest.Name, ["digest"] = archive.Digest.ToHex(), ["key"] = signature.Key });
            return ExitCode.Done;
        }
    }
}
