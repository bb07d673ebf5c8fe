using System.Text.Json.Serialization;
using Latchkey.Contracts.Leases;

namespace Latchkey.Contracts.Api;

/// <summary>Reads and writes everything here without reflection.</summary>
[JsonSerializable(typeof(ActivateRequest))]
[JsonSerializable(typeof(ActivateReply))]
[JsonSerializable(typeof(ValidateRequest))]
[JsonSerializable(typeof(ValidateReply))]
[JsonSerializable(typeof(DeactivateRequest))]
[JsonSerializable(typeof(DeactivateReply))]
[JsonSerializable(typeof(KeysetReply))]
[JsonSerializable(typeof(JwkSet))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ContractsJson : JsonSerializerContext;
