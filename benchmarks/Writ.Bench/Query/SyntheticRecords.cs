using System.Globalization;
using System.Text;
using Writ.Crypto.Hashing;
using Writ.Ledger;
using Writ.Ledger.Columns;

namespace Writ.Bench.Query;

/// <summary>
/// Records as the governor writes them, made one by one while they are read: half decisions, half what came of them a few records later.
/// 200 agents, 40 tools, 50 rules, a new task for every twenty decisions, one decision in twenty denied, two in a hundred approved.
/// </summary>
internal sealed class SyntheticRecords(ulong size) : IRecordSource
{
    public const int Agents = 200;

    public const long FirstAt = 1_767_225_600_000_000; // 2026-01-01

    public const long MicrosecondsEach = 3_000_000;

    private const int EffectAfter = 9;

    private readonly byte[] _buffer = new byte[4096];

    public ulong Size => size;

    /// <summary>Of made-up records there is no tree; the index only compares.</summary>
    public Hash256? RootAt(ulong end) => default(Hash256);

    public static string Agent(ulong number) => Id(number % Agents, 0xA6);

    public static string Decision(ulong number) => Id(number, 0xD0);

    public static string Task(ulong number) => Id(number / 20, 0x7A);

    public LedgerFault? Read(ulong first, ulong end, Action<LedgerRecord> take)
    {
        for (var index = first; index < end; index++)
            take(new LedgerRecord(index, _buffer.AsMemory(0, Write(index))));
        return null;
    }

    private int Write(ulong index)
    {
        var number = index / 2;
        var at = FirstAt + ((long)index * MicrosecondsEach);
        if (index % 2 == 1 && number >= EffectAfter)
            return Effect(number - EffectAfter, at);
        return Decide(index % 2 == 0 ? number : number + size, at);
    }

    private int Decide(ulong number, long at)
    {
        var random = Mixed(number);
        var denied = Denied(number);
        var approved = !denied && random % 1000 < 20;
        var (tool, rule) = (random % 40, random / 64 % 50);
        return Text(
            $$"""{"action":"tool/desk-{{tool % 8}}/order_{{tool}}","agent":"{{Agent(random >> 16)}}","agent_version":"{{random % 3}}.4.0","amount":"{{random >> 20 & 0x3fff}}.{{random >> 40 & 63:00}}" """,
            approved ? $$""","approval":{"by":["person-{{random % 7}}"],"id":"{{Id(number, 0xAB)}}","used":true}""" : "",
            $$""","arguments_commitment":"{{random:x16}}{{random:x16}}{{random:x16}}{{random:x16}}","assurance":"low","at":{{at}},"capability":"orders.change","code":"WRIT1002","commitment":"{{number:x16}}{{random:x16}}{{random:x16}}{{random:x16}}","cost_nano_usd":{{random & 0xfffff}},"credential":"agk_{{random >> 16 & 0xff:x8}}","definition":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","door":"mcp","effect":"{{(tool % 2 == 0 ? "money" : "read")}}","environment":"production","gates":["lifecycle","chain","grants","breaker","tool","policy","limits"],"id":"{{Decision(number)}}","instance":"{{Task(number)}}","kind":"decision","organization":"default","outcome":"{{(denied ? "DENY" : "ALLOW")}}","owner":"owner-{{random % 20}}","risk_tags":["customer","shipping"],"rules":["desk/rule-{{rule}}","floor/rule-{{rule % 5}}"],"server":"desk-{{tool % 8}}","snapshot":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","subject":"agent/{{Agent(random >> 16)}}","task":"{{Task(number)}}","task_root":"{{Task(number)}}","tool":"order_{{tool}}","us":{{20 + (random >> 50)}},"v":2}""");
    }

    private int Effect(ulong number, long at) => Denied(number)
        ? Decide(number + size, at)
        : Text($$"""{"at":{{at}},"commitment":"{{Mixed(number):x16}}{{number:x16}}{{number:x16}}{{number:x16}}","decision":"{{Decision(number)}}","effect":"read","id":"{{Id(number, 0xEF)}}","kind":"effect","organization":"default","status":"{{(Mixed(number) % 97 == 0 ? "failed" : "executed")}}","subject":"agent/{{Agent(Mixed(number) >> 16)}}","us":{{1000 + (Mixed(number) >> 48)}},"v":2}""");

    private int Text(params ReadOnlySpan<string> parts)
    {
        var length = 0;
        foreach (var part in parts)
            length += Encoding.UTF8.GetBytes(part, _buffer.AsSpan(length));
        return length;
    }

    private static bool Denied(ulong number) => Mixed(number) % 20 == 0;

    /// <summary>A version 7 UUID: time first, then what looks random.</summary>
    private static string Id(ulong number, byte kind) => string.Create(
        CultureInfo.InvariantCulture,
        $"{0x019B_0000_0000UL + (number * 6_000 >> 16):x8}-{number * 6_000 & 0xffff:x4}-7{kind:x2}0-8{Mixed(number) & 0xfff:x3}-{Mixed(number + kind) & 0xffffffffffff:x12}");

    private static ulong Mixed(ulong number)
    {
        number = (number + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
        number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
        return number ^ (number >> 31);
    }
}
