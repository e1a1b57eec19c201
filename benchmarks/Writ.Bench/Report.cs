using System.Globalization;
using System.Text.Json;

namespace Writ.Bench;

/// <summary>Prints figures as a table for people and as JSON lines for programs.</summary>
internal static class Report
{
    public static void Table(string bench, IReadOnlyList<Figure> figures)
    {
        var width = figures.Max(f => f.Name.Length);
        foreach (var figure in figures)
        {
            var bar = figure.Bar is { } value ? $"{(figure.LessIsBetter ? "≤" : "≥")} {Number(value)}" : "";
            var verdict = figure.Bar is null ? "" : figure.IsMet ? "met" : "MISSED";
            Console.WriteLine($"{bench,-8} {figure.Name.PadRight(width)} {Number(figure.Value),14} {figure.Unit,-10} {bar,-12} {verdict,-7} {figure.Conditions}");
        }
    }

    public static void Json(string bench, IReadOnlyList<Figure> figures, string machine)
    {
        foreach (var figure in figures)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                bench,
                figure = figure.Name,
                value = double.IsNaN(figure.Value) ? (double?)null : Math.Round(figure.Value, 4),
                unit = figure.Unit,
                bar = figure.Bar,
                met = figure.IsMet,
                conditions = $"{figure.Conditions}; {machine}",
            }));
        }
    }

    private static string Number(double value) => double.IsNaN(value)
        ? "-"
        : value.ToString(Math.Abs(value) >= 1000 ? "N0" : "0.###", CultureInfo.InvariantCulture);
}
