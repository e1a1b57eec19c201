using Writ.Cli.Terminal;

namespace Writ.Cli.Reports;

/// <summary>Shows a report: one JSON document, one page of HTML, or text.</summary>
internal static class ReportSheet
{
    public static void Show(Session session, Screen screen, Report report, bool html)
    {
        if (screen.Json)
        {
            screen.Document(report.ToJson());
            return;
        }

        if (html)
        {
            session.Output.Write(ReportHtml.Of(report));
            return;
        }

        screen.Line(InertText.Of(report.Title), Look.Strong);
        screen.Facts(report.About.Select(a => (a.Name, InertText.Of(a.Value))));
        foreach (var section in report.Sections)
        {
            screen.Line();
            screen.Line(section.Question, Look.Strong);
            screen.Line($"  {InertText.Of(section.Query)}", Look.Quiet);
            var rows = ReportCells.Rows(section).ToList();
            if (rows.Count == 0)
                screen.Line("  nothing", Look.Quiet);
            else
                screen.Table([.. ReportCells.Headings(section).Select(h => h.ToUpperInvariant())], rows);
            if (section.Note is { } note)
                screen.Line($"  {note}", Look.Quiet);
        }
    }
}
