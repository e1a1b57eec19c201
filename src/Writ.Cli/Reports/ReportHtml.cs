using System.Globalization;
using System.Net;
using System.Text;
using Writ.Cli.Terminal;

namespace Writ.Cli.Reports;

/// <summary>
/// A report as one page that needs nothing else: no script, no font, no address. Every text is escaped, and the page itself forbids
/// whatever would load or run.
/// </summary>
internal static class ReportHtml
{
    private const string Head =
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>
        body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1a1d21;background:#fff}
        h1{font-size:1.5rem;margin:0 0 1rem}h2{font-size:1.1rem;margin:2rem 0 .25rem}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:0}dt{color:#5a6270}dd{margin:0}
        code{font:13px/1.4 ui-monospace,monospace;color:#5a6270;overflow-wrap:anywhere}
        table{border-collapse:collapse;margin:.5rem 0;width:100%}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #e3e6ea;vertical-align:top;overflow-wrap:anywhere}
        th{font-weight:600;color:#5a6270}.none,.note{color:#5a6270}
        @media print{body{margin:0}h2{break-after:avoid}}
        @media(prefers-color-scheme:dark){body{color:#e6e8eb;background:#15181c}th,td{border-color:#2c3238}dt,th,code,.none,.note{color:#9aa3ad}}
        </style>
        """;

    public static string Of(Report report)
    {
        var page = new StringBuilder(Head);
        page.Append(CultureInfo.InvariantCulture, $"\n<title>{Text(report.Title)}</title></head><body>\n<h1>{Text(report.Title)}</h1>\n<dl>");
        foreach (var (name, value) in report.About)
            page.Append(CultureInfo.InvariantCulture, $"<dt>{Text(name)}</dt><dd>{Text(value)}</dd>");
        page.Append("</dl>\n");
        foreach (var section in report.Sections)
            Append(page, section);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Append(StringBuilder page, ReportSection section)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(section.Question)}</h2>\n<code>{Text(section.Query)}</code>\n");
        var rows = ReportCells.Rows(section).ToList();
        if (rows.Count == 0)
            page.Append("<p class=\"none\">nothing</p>\n");
        else
        {
            page.Append("<table><thead><tr>");
            foreach (var heading in ReportCells.Headings(section))
                page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Text(heading)}</th>");
            page.Append("</tr></thead><tbody>\n");
            foreach (var row in rows)
                page.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{WebUtility.HtmlEncode(cell)}</td>")).Append("</tr>\n");
            page.Append("</tbody></table>\n");
        }

        if (section.Note is { } note)
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Text(note)}</p>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(InertText.Of(text));
}
