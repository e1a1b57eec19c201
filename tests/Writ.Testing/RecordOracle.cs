using System.Diagnostics;
using System.Text;
using Xunit;

namespace Writ.Testing;

/// <summary>
/// A JSON Schema validator of others (ajv) around the published schema of records, in a process of its own for as long as the tests run:
/// <c>tests/peers/record-oracle.mjs</c>. Thread safe.
/// </summary>
public static class RecordOracle
{
    private static readonly Lock Turn = new();
    private static readonly Lazy<Process?> Node = new(Start);

    /// <summary>What is wrong with a record; null when it is as the schema says. Skips the running test where the validator is not installed.</summary>
    public static string? Ask(ReadOnlySpan<byte> record)
    {
        _ = Peers.RecordOracle;
        return Complaint(record);
    }

    /// <summary>Fails the running test when a record is not as the schema says; where the validator is not installed, passes it.</summary>
    public static void Check(ReadOnlySpan<byte> record)
    {
        if (Complaint(record) is { } complaint)
            Assert.Fail($"{complaint}: {Encoding.UTF8.GetString(record)}");
    }

    private static string? Complaint(ReadOnlySpan<byte> record)
    {
        lock (Turn)
        {
            if (Node.Value is not { } node)
                return null;
            node.StandardInput.BaseStream.Write(record);
            node.StandardInput.BaseStream.Write("\n"u8);
            node.StandardInput.BaseStream.Flush();
            return node.StandardOutput.ReadLine() is var line && line == "ok" ? null : line ?? "the oracle ended";
        }
    }

    private static Process? Start()
    {
        if (Peers.InstalledRecordOracle is not var (program, script))
            return null;
        return Process.Start(new ProcessStartInfo(program, [script, Repository.PathOf("docs", "records.schema.json")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Peers.Folder,
        });
    }
}
