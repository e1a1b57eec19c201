using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Cli.Terminal;

namespace Writ.Cli.Ledgers;

/// <summary>Writes the proofs that the rows of an answer carry, each into a file of its own.</summary>
internal static class ProofFolder
{
    /// <summary>Null when all were written; a file that is there already is not overwritten.</summary>
    public static Trouble? Write(string folder, JsonObject answer)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Trouble(ExitCode.BadInput, $"{folder} cannot be made: {failure.Message}");
        }

        foreach (var row in answer["rows"]!.AsArray().OfType<JsonObject>())
        {
            if (row["proof"]?.GetValue<string>() is not { } proof)
                return new Trouble(ExitCode.Failed, "the server gave a row without a proof") { Advice = "Is it older than this command?" };
            var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{row["index"]!.GetValue<long>()}.tlog-proof"));
            if (NewFile.Write(file, Encoding.UTF8.GetBytes(proof)) is { } trouble)
                return trouble;
            row.Remove("proof");
        }

        return null;
    }
}
