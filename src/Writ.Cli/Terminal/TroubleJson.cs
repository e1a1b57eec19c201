using System.Text.Json.Nodes;

namespace Writ.Cli.Terminal;

/// <summary>The <c>error</c> member of a program's answer.</summary>
internal static class TroubleJson
{
    public static JsonObject Of(Trouble trouble)
    {
        var error = new JsonObject { ["exit_code"] = (int)trouble.Exit, ["message"] = trouble.Message };
        if (trouble.Code is not null)
            error["code"] = trouble.Code;
        if (trouble.Spots.Length > 0)
            error["problems"] = new JsonArray([.. trouble.Spots.Select(Of)]);
        if (trouble.Advice is not null)
            error["advice"] = trouble.Advice;
        return error;
    }

    private static JsonNode Of(TroubleSpot spot)
    {
        var problem = new JsonObject { ["file"] = spot.File, ["message"] = spot.Message };
        if (spot.Line > 0)
            (problem["line"], problem["column"]) = (spot.Line, spot.Column);
        if (spot.Code is not null)
            problem["code"] = spot.Code;
        return problem;
    }
}
