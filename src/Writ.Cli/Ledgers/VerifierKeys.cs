using Writ.Cli.Terminal;
using Writ.Crypto.Keys;
using Writ.Crypto.Signing;
using Writ.Ledger.Notes;

namespace Writ.Cli.Ledgers;

/// <summary>Reads the public key that checkpoints are checked with, in whichever form it is at hand.</summary>
internal static class VerifierKeys
{
    /// <summary>
    /// From a verifier key (C2SP <c>name+id+key</c>), a bare key in base64 as <c>GET /v1/ledger</c> shows it, a file that holds one of
    /// these, or the installation's own <c>signing.key</c>.
    /// </summary>
    public static Ed25519PublicKey? Read(string text, out Trouble? trouble)
    {
        trouble = null;
        if (Parse(text) is { } given)
            return given;
        if (File.Exists(text))
        {
            if (ReadSigningKey(text) is { } own)
                return own;
            try
            {
                using var reader = new StreamReader(text);
                var buffer = new char[1024];
                if (Parse(new string(buffer, 0, reader.ReadBlock(buffer)).Trim()) is { } filed)
                    return filed;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                trouble = new Trouble(ExitCode.BadInput, $"{text}: {failure.Message}");
                return null;
            }
        }

        trouble = new Trouble(ExitCode.BadInput, File.Exists(text) ? $"{text} holds no key" : $"'{text}' is neither a key nor a file")
        {
            Advice = "A key is base64 as GET /v1/ledger shows it, a verifier key (name+id+key), a file with one of these, or signing.key.",
        };
        return null;
    }

    private static Ed25519PublicKey? ReadSigningKey(string path)
    {
        if (!SecretKey.TryReadFile(path, KeyPurpose.SigningKey, out var seed, out _))
            return null;
        using (seed)
        using (var key = Ed25519PrivateKey.FromSeed(seed.Bytes))
            return key.PublicKey;
    }

    /// <summary>A key from its text; null where it is none.</summary>
    public static Ed25519PublicKey? Parse(string text)
    {
        if (NoteVerifierKey.TryParse(text, out var named))
            return named.Key;
        Span<byte> bytes = stackalloc byte[Ed25519PublicKey.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == bytes.Length && Ed25519PublicKey.TryParse(bytes, out var bare) ? bare : null;
    }
}
