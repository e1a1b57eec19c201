using System.Globalization;
using System.Text;
using Writ.Cedar.Values;

namespace Writ.Cedar.Syntax;

/// <summary>Writes values as the Cedar expressions that make them.</summary>
internal static class ValueText
{
    public static string Of(Value value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Value value)
    {
        switch (value)
        {
            case BoolValue b:
                text.Append(b.Value ? "true" : "false");
                break;
            case LongValue l:
                text.Append(CultureInfo.InvariantCulture, $"{l.Value}");
                break;
            case StringValue s:
                text.Append(StringLiteral.Quote(s.Value));
                break;
            case EntityValue e:
                text.Append(e.Uid);
                break;
            case DecimalValue d:
                text.Append("decimal(\"").Append(d.Text()).Append("\")");
                break;
            case IpValue ip:
                text.Append("ip(\"").Append(IpText.Write(ip)).Append("\")");
                break;
            case DatetimeValue t when DatetimeText.Write(t.Milliseconds) is { } literal:
                text.Append("datetime(\"").Append(literal).Append("\")");
                break;
            case DatetimeValue t:
                text.Append(CultureInfo.InvariantCulture, $"datetime(\"1970-01-01\").offset(duration(\"{t.Milliseconds}ms\"))");
                break;
            case DurationValue d:
                text.Append(CultureInfo.InvariantCulture, $"duration(\"{d.Milliseconds}ms\")");
                break;
            case SetValue set:
                text.Append('[');
                for (var i = 0; i < set.Elements.Length; i++)
                    Append(i == 0 ? text : text.Append(", "), set.Elements[i]);
                text.Append(']');
                break;
            case RecordValue record:
                var first = true;
                text.Append('{');
                foreach (var (name, attribute) in record.Attributes)
                {
                    text.Append(first ? "" : ", ").Append(Identifier.IsUsable(name) ? name : StringLiteral.Quote(name)).Append(": ");
                    Append(text, attribute);
                    first = false;
                }

                text.Append('}');
                break;
            case PoisonValue poison:
                text.Append("«poison: ").Append(poison.Reason).Append('»');
                break;
        }
    }
}
