using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Mail;
using Latchkey.Outbox;
using Latchkey.PurchaseLinks;
using Latchkey.Purchases;
using Latchkey.Subjects;
using Latchkey.Tenants;

namespace Latchkey.Storage.Tests;

/// <summary>A store under test, whichever it is.</summary>
internal sealed record OpenStore(
    IInboxStore Inbox,
    IPurchaseStore Purchases,
    ILicenseStore Licenses,
    ITenantStore Tenants,
    IInstallationStore Installation,
    IAuditStore Audit,
    IIdempotencyStore Idempotency,
    IOutboxStore Outbox,
    IMailStore Mails,
    ISubjectStore Subjects,
    IPurchaseLinkStore Links,
    ILinkCompletionStore Completions,
    Action Close);
