namespace Writ.Gateways.Otlp;

/// <summary>How a request and its answer are written.</summary>
internal enum OtlpEncoding
{
    Protobuf,

    Json,
}
