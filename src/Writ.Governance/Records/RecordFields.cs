using System.Collections.Immutable;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;

namespace Writ.Governance.Records;

/// <summary>One member of a record at a time, in the encodings all records share: digests in lower-case hexadecimal, ids as UUID text.</summary>
internal static class RecordFields
{
    extension(JcsWriter writer)
    {
        public void Member(ReadOnlySpan<byte> key, string value)
        {
            writer.Key(key);
            writer.String(value);
        }

        public void Member(ReadOnlySpan<byte> key, long value)
        {
            writer.Key(key);
            writer.Integer(value);
        }

        public void Member(ReadOnlySpan<byte> key, bool value)
        {
            writer.Key(key);
            writer.Boolean(value);
        }

        public void Member(ReadOnlySpan<byte> key, Guid value)
        {
            writer.Key(key);
            writer.Text(value);
        }

        public void Member(ReadOnlySpan<byte> key, Hash256 value)
        {
            Span<byte> hex = stackalloc byte[2 * Hash256.Length];
            Convert.TryToHexStringLower(value.Bytes, hex, out _);
            writer.Key(key);
            writer.String(hex);
        }

        public void Member(ReadOnlySpan<byte> key, ReadOnlySpan<string> values)
        {
            writer.Key(key);
            writer.BeginArray();
            foreach (var value in values)
                writer.String(value);
            writer.EndArray();
        }

        public void Member<T>(ReadOnlySpan<byte> key, ImmutableArray<T> values)
            where T : notnull
        {
            writer.Key(key);
            writer.BeginArray();
            foreach (var value in values)
                writer.String(value.ToString());
            writer.EndArray();
        }
    }
}
