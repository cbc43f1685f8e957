"""The words of the office as stable lower-case codes.

A code is stored and exchanged, never shown: `documents/labels.py` words it in both languages.
"""

from enum import IntEnum, StrEnum


class CaseKind(StrEnum):
    """The four kinds of submission the statutes know."""

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    PETITION = "petition"
    REFLECTION = "reflection"


class Channel(StrEnum):
    """How a submission reached the office."""

    IN_PERSON = "in_person"
    POST = "post"
    KIOSK = "kiosk"
    PHONE = "phone"
    WEB = "web"
    REFERRAL = "referral"


class Instance(IntEnum):
    """First submission, or second complaint / follow-up denunciation."""

    FIRST = 1
    SECOND = 2


class CaseField(StrEnum):
    """What a submission is about, as the registers sort it."""

    LAND = "land"
    POLICY = "policy"
    CONDUCT = "conduct"
    CORRUPTION = "corruption"
    JUDICIAL = "judicial"
    ENVIRONMENT = "environment"
    CONSTRUCTION = "construction"
    ORDER = "order"
    OTHER = "other"


class Direction(StrEnum):
    """What the examination of a submission decided."""

    ACCEPT = "accept"
    GUIDE = "guide"
    FORWARD = "forward"
    FILE = "file"
    RETURN = "return"
    REFUSE = "refuse"


class Complexity(StrEnum):
    """Complexity as recorded in writing; it moves the legal term."""

    NORMAL = "normal"
    COMPLEX = "complex"
    SPECIAL = "special"


class CaseResult(StrEnum):
    """How a case ended."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    ANSWERED = "answered"


class Phase(StrEnum):
    """Groups of states; lists, colours and figures use these only."""

    RECEIVED = "received"
    WORKING = "working"
    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"


class State(StrEnum):
    """Where a case stands."""

    REGISTERED = "registered"
    EXAMINING = "examining"
    INFORMATION = "information"
    AWAITING_CITIZEN = "awaiting_citizen"
    ACCEPTED = "accepted"
    VERIFYING = "verifying"
    SUSPENDED = "suspended"
    AWAITING_APPROVAL = "awaiting_approval"
    DECIDED = "decided"
    DONE = "done"
    REFUSED = "refused"
    GUIDED = "guided"
    FORWARDED = "forwarded"
    RETURNED = "returned"
    FILED = "filed"
    ATTACHED = "attached"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"


PHASE_OF: dict[State, Phase] = {
    State.REGISTERED: Phase.RECEIVED,
    State.EXAMINING: Phase.RECEIVED,
    State.INFORMATION: Phase.WAITING,
    State.AWAITING_CITIZEN: Phase.WAITING,
    State.ACCEPTED: Phase.WORKING,
    State.VERIFYING: Phase.WORKING,
    State.SUSPENDED: Phase.WAITING,
    State.AWAITING_APPROVAL: Phase.WORKING,
    State.DECIDED: Phase.ANSWERED,
    State.DONE: Phase.CLOSED,
    State.REFUSED: Phase.CLOSED,
    State.GUIDED: Phase.CLOSED,
    State.FORWARDED: Phase.CLOSED,
    State.RETURNED: Phase.CLOSED,
    State.FILED: Phase.CLOSED,
    State.ATTACHED: Phase.CLOSED,
    State.WITHDRAWN: Phase.CLOSED,
    State.TERMINATED: Phase.CLOSED,
}

OPEN_PHASES: frozenset[Phase] = frozenset(Phase) - {Phase.CLOSED}


class ClockKind(StrEnum):
    """The legal clocks that may run beside one another on one case."""

    PROCESSING = "processing"
    ACCEPTANCE = "acceptance"
    DEMAND = "demand"
    SETTLEMENT = "settlement"
    REPLY = "reply"
    NOTICE = "notice"
    SENDING = "sending"
    PUBLICATION = "publication"
    HANDLING = "handling"
    FORWARDING = "forwarding"
    DATA_REQUEST = "data_request"


class ClockEffect(StrEnum):
    """What an act does to a clock."""

    START = "start"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    RECOUNT = "recount"
    TRANSFER = "transfer"
    STOP = "stop"


class LedgerAct(StrEnum):
    """What, beside the acts of people on a case, writes into the ledger of its clocks."""

    REGISTERED = "registered"
    IMPORTED = "imported"
    CARRIED_ON = "carried_on"
    CALENDAR_CHANGE = "calendar_change"


class Standing(StrEnum):
    """How a term stands on a given day; computed, never stored."""

    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"
    SUSPENDED = "suspended"
    NO_TERM = "no_term"


class Action(StrEnum):
    """Everything a person may be allowed to do. Search for a member to find its grants and views."""

    # Acts on a case: each has its row in the workflow.
    EXAMINE = "examine"
    RECORD_FORM = "record_form"
    ACCEPT = "accept"
    REFUSE = "refuse"
    GUIDE = "guide"
    FORWARD = "forward"
    REFER = "refer"
    RECORD_REPLY = "record_reply"
    TAKE_BACK = "take_back"
    RETURN = "return"
    FILE = "file"
    ATTACH = "attach"
    SPLIT = "split"
    REPRESENT = "represent"
    ASSIGN = "assign"
    PASS_ON = "pass_on"
    RECLASSIFY = "reclassify"
    SUMMARISE = "summarise"
    ASK_CITIZEN = "ask_citizen"
    RESUME = "resume"
    VERIFY = "verify"
    SET_COMPLEXITY = "set_complexity"
    EXTEND = "extend"
    SUSPEND = "suspend"
    LIFT_SUSPENSION = "lift_suspension"
    FORM_TEAM = "form_team"
    PLAN_DIALOGUE = "plan_dialogue"
    RECORD_DIALOGUE = "record_dialogue"
    RECORD_VERIFICATION = "record_verification"
    RECORD_NOTICE = "record_notice"
    SUBMIT_DRAFT = "submit_draft"
    SEND_BACK = "send_back"
    DECIDE = "decide"
    ANSWER = "answer"
    SEND = "send"
    PUBLISH = "publish"
    RECORD_OUTCOME = "record_outcome"
    RECORD_PROGRESS = "record_progress"
    TELL_SENDER = "tell_sender"
    SHOW_PUBLIC = "show_public"
    WITHDRAW = "withdraw"
    WITHDRAW_PART = "withdraw_part"
    KEEP_SETTLING = "keep_settling"
    TERMINATE = "terminate"
    REMIND = "remind"
    REPORT_BACK = "report_back"
    REOPEN = "reopen"
    CONTINUE = "continue"
    CORRECT = "correct"
    HOLD_DATA = "hold_data"
    RELEASE_DATA = "release_data"
    NOTE = "note"
    MESSAGE = "message"
    ADD_DOCUMENT = "add_document"
    # What a citizen does with the access code.
    TRACK = "track"
    WRITE_MESSAGE = "write_message"
    ADD_OWN_DOCUMENT = "add_own_document"
    ASK_WITHDRAWAL = "ask_withdrawal"
    GIVE_VERDICT = "give_verdict"
    READ_OWN_FILING = "read_own_filing"
    ASK_ABOUT_DATA = "ask_about_data"
    # Seeing and keeping.
    SEE_CASE = "see_case"
    READ_SEALED = "read_sealed"
    ANSWER_DATA_REQUEST = "answer_data_request"
    DRAFT_LETTER = "draft_letter"
    ISSUE_LETTER = "issue_letter"
    SEND_LETTER = "send_letter"
    OVERRULE_SEAL_CHECK = "overrule_seal_check"
    SEE_REGISTER = "see_register"
    ENTER_NUMBER = "enter_number"
    REGISTER_SUBMISSION = "register_submission"
    REGISTER_RECEPTION = "register_reception"
    SIGN_REFUSAL = "sign_refusal"
    SEE_RECEPTIONS = "see_receptions"
    SEE_REPORTS = "see_reports"
    EXPORT_REPORTS = "export_reports"
    CLOSE_PERIOD = "close_period"
    SEE_OVERSIGHT = "see_oversight"
    KEEP_OVERSIGHT = "keep_oversight"
    SEE_RATINGS = "see_ratings"
    SEE_AUDIT = "see_audit"
    SEE_RETENTION = "see_retention"
    MANAGE_DIRECTORY = "manage_directory"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_CALENDAR = "manage_calendar"
    MANAGE_TEMPLATES = "manage_templates"
    OWN_ACCOUNT = "own_account"


class Role(StrEnum):
    """What a person is in the office, or towards one case."""

    RECEPTION_OFFICER = "reception_officer"
    HANDLER = "handler"
    UNIT_LEADER = "unit_leader"
    SUPERVISOR = "supervisor"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    CITIZEN = "citizen"
    CITIZEN_PROVEN = "citizen_proven"
    SYSTEM = "system"


STAFF_ROLES: tuple[Role, ...] = (
    Role.RECEPTION_OFFICER,
    Role.HANDLER,
    Role.UNIT_LEADER,
    Role.SUPERVISOR,
    Role.INSPECTOR,
    Role.ADMINISTRATOR,
    Role.AUDITOR,
)


class Reach(StrEnum):
    """How far a grant goes over the unit tree."""

    OWN = "own"
    UNIT = "unit"
    UNIT_TREE = "unit_tree"
    BELOW = "below"
    ALL = "all"


class UnitLevel(StrEnum):
    """Levels of the office tree; `district` only for units that ended on 2025-06-30."""

    PROVINCE = "province"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"
    SERVICE_UNIT = "service_unit"
    TEAM = "team"


class DayKind(StrEnum):
    """Why a calendar day differs from its weekday."""

    HOLIDAY = "holiday"
    COMPENSATORY_OFF = "compensatory_off"
    MAKEUP_WORKDAY = "makeup_workday"


class DayOrigin(StrEnum):
    """Who put a calendar day there; an import replaces only what was shipped."""

    SHIPPED = "shipped"
    IMPORTED = "imported"
    SET = "set"


class SittingKind(StrEnum):
    """Regular reception, a leader's periodic day, or an ad hoc one."""

    REGULAR = "regular"
    PERIODIC = "periodic"
    AD_HOC = "ad_hoc"


class OversightKind(StrEnum):
    """What a unit did to manage reception and settlement, as form 06/QLKNTC counts it."""

    DOCUMENT_ISSUED = "document_issued"
    DOCUMENT_AMENDED = "document_amended"
    DOCUMENT_REPEALED = "document_repealed"
    TRAINING = "training"
    INSPECTION = "inspection"


class ReceivedBy(StrEnum):
    """Who received the visitor."""

    OFFICER = "officer"
    HEAD = "head"
    DELEGATED = "delegated"


class ReceptionKind(StrEnum):
    """What a visit was about: one of the four kinds, or nothing to be filed."""

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    PETITION = "petition"
    REFLECTION = "reflection"
    NONE = "none"


class RatingChannel(StrEnum):
    """Where a rating was given."""

    KIOSK = "kiosk"
    PHONE = "phone"
    WEB = "web"
    SMS = "sms"


class MessageKind(StrEnum):
    """What an entry of the correspondence is."""

    MESSAGE = "message"
    REQUEST = "request"
    ANSWER = "answer"
    REPLY = "reply"
    WITHDRAWAL_REQUEST = "withdrawal_request"
    PART_WITHDRAWAL_REQUEST = "part_withdrawal_request"
    WITHDRAWAL = "withdrawal"
    VERDICT = "verdict"
    DATA_REQUEST = "data_request"
    DATA_ANSWER = "data_answer"


class DataWish(StrEnum):
    """What somebody asks for who asks about the data kept of them."""

    CORRECTION = "correction"
    ERASURE = "erasure"


class DataPart(StrEnum):
    """What is kept of the sender of a submission, part by part."""

    NAME = "name"
    ID_NO = "id_no"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    WORDS = "words"
    PAPERS = "papers"
    MESSAGES = "messages"
    VERDICT_WORDS = "verdict_words"
    HISTORY = "history"


class DataOutcome(StrEnum):
    """How the office answered a request about personal data."""

    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"


class DataGround(StrEnum):
    """Why personal data is kept, or left as it is, although somebody asked otherwise."""

    IDENTITY_REQUIRED = "identity_required"
    CASE_FILE = "case_file"
    HISTORY = "history"
    OTHERS_RIGHTS = "others_rights"
    NOT_SHOWN = "not_shown"


class Kept(StrEnum):
    """The kinds of record that hold personal data, each with a term of its own."""

    DRAFT = "draft"
    SIGN_IN_FAILURE = "sign_in_failure"
    OUTGOING_MAIL = "outgoing_mail"
    KIOSK_TAP = "kiosk_tap"
    RATING_COMMENT = "rating_comment"
    VERDICT_WORDS = "verdict_words"
    PUBLIC_REFLECTION = "public_reflection"
    NOTICE_CONTACT = "notice_contact"
    JOINED_CONTACT = "joined_contact"
    INELIGIBLE_SUBMISSION = "ineligible_submission"
    CASE_FILE = "case_file"
    LETTER = "letter"
    RECEPTION_BOOK = "reception_book"
    HISTORY = "history"


class Verdict(StrEnum):
    """What a citizen says of the result: whether it solved the matter."""

    SOLVED = "solved"
    PARTLY = "partly"
    NOT = "not"


class PersonRole(StrEnum):
    """As what a person stands behind a submission."""

    FILER = "filer"
    SIGNATORY = "signatory"
    REPRESENTATIVE = "representative"
    AUTHORISED = "authorised"


class WithdrawalProof(StrEnum):
    """In which form somebody withdrew: a signed paper, or minutes signed in the office."""

    PAPER = "paper"
    MINUTES = "minutes"


class AuthorisationProof(StrEnum):
    """What proves that somebody was authorised to act for another."""

    NOTARISED = "notarised"
    CERTIFIED = "certified"
    BY_ORGANISATION = "by_organisation"


class ReplyOutcome(StrEnum):
    """What the body to which something was forwarded answered."""

    ACCEPTED = "accepted"
    SETTLED = "settled"
    NOT_COMPETENT = "not_competent"


class Attendance(StrEnum):
    """Whether the citizen came to the dialogue."""

    PRESENT = "present"
    ABSENT_EXCUSED = "absent_excused"
    ABSENT_UNEXCUSED = "absent_unexcused"


class PublicationWay(StrEnum):
    """How a decision or conclusion was made public."""

    MEETING = "meeting"
    POSTING = "posting"
    MEDIA = "media"


class SendingWay(StrEnum):
    """How a letter went out."""

    POST = "post"
    HANDED_OVER = "handed_over"
    MAIL = "mail"
    PRINTED = "printed"


class FirstDecision(StrEnum):
    """What a second-instance decision does with the first one."""

    CONFIRMED = "confirmed"
    CHANGED = "changed"


class Author(StrEnum):
    """Which side an act or message came from."""

    CITIZEN = "citizen"
    OFFICIAL = "official"
    SYSTEM = "system"
    IMPORT = "import"


class SealedPart(StrEnum):
    """The parts of a denunciation that lie encrypted, each in a record of its own."""

    IDENTITY = "identity"
    PEOPLE = "people"
    WORDS = "words"
    FILE_NAME = "file_name"
    CONTACT = "contact"
    LINK = "link"


class MailKind(StrEnum):
    """Every mail the product sends; each has subject and text in both languages."""

    CITIZEN_NEWS = "citizen_news"
    CITIZEN_CONFIRM = "citizen_confirm"
    CITIZEN_PROOF = "citizen_proof"
    JOINED_CONFIRM = "joined_confirm"
    JOINED_NEWS = "joined_news"
    STAFF_ASSIGNED = "staff_assigned"
    STAFF_NEWS = "staff_news"
    STAFF_DUE_SOON = "staff_due_soon"
    STAFF_DUE_TODAY = "staff_due_today"
    STAFF_OVERDUE = "staff_overdue"
    STAFF_TERM_MOVED = "staff_term_moved"
    STAFF_UNPROCESSED = "staff_unprocessed"
    STAFF_REMINDED = "staff_reminded"
    ACCOUNT_INVITATION = "account_invitation"
    ACCOUNT_RESET = "account_reset"


class LinkPurpose(StrEnum):
    """What a one-time link opens."""

    INVITATION = "invitation"
    RESET = "reset"


class EventKind(StrEnum):
    """What happened to a case, in the past tense; one per act, in the timeline for good."""

    CASE_REGISTERED = "case_registered"
    CASE_IMPORTED = "case_imported"
    EXAMINATION_STARTED = "examination_started"
    FORM_RECORDED = "form_recorded"
    CASE_PROCESSED = "case_processed"
    CASE_ACCEPTED = "case_accepted"
    CASE_REFUSED = "case_refused"
    CASE_GUIDED = "case_guided"
    CASE_FORWARDED = "case_forwarded"
    CASE_REFERRED = "case_referred"
    FORWARD_REPLIED = "forward_replied"
    CASE_TAKEN_BACK = "case_taken_back"
    CASE_RETURNED = "case_returned"
    CASE_FILED = "case_filed"
    CASE_ATTACHED = "case_attached"
    CASE_SPLIT = "case_split"
    REPRESENTATIVES_NAMED = "representatives_named"
    CASE_ASSIGNED = "case_assigned"
    CASE_PASSED_ON = "case_passed_on"
    CASE_RECLASSIFIED = "case_reclassified"
    CASE_SUMMARISED = "case_summarised"
    CITIZEN_ASKED = "citizen_asked"
    CASE_RESUMED = "case_resumed"
    VERIFICATION_STARTED = "verification_started"
    COMPLEXITY_SET = "complexity_set"
    TERM_EXTENDED = "term_extended"
    CASE_SUSPENDED = "case_suspended"
    SUSPENSION_LIFTED = "suspension_lifted"
    TEAM_FORMED = "team_formed"
    DIALOGUE_PLANNED = "dialogue_planned"
    DIALOGUE_HELD = "dialogue_held"
    VERIFICATION_REPORTED = "verification_reported"
    NOTICE_SENT = "notice_sent"
    DRAFT_SUBMITTED = "draft_submitted"
    DRAFT_SENT_BACK = "draft_sent_back"
    CASE_DECIDED = "case_decided"
    CASE_ANSWERED = "case_answered"
    ANSWER_SENT = "answer_sent"
    DECISION_PUBLISHED = "decision_published"
    OUTCOME_RECORDED = "outcome_recorded"
    PROGRESS_RECORDED = "progress_recorded"
    SENDER_TOLD = "sender_told"
    CASE_WITHDRAWN = "case_withdrawn"
    PART_WITHDRAWN = "part_withdrawn"
    SETTLING_KEPT = "settling_kept"
    CASE_TERMINATED = "case_terminated"
    CASE_REMINDED = "case_reminded"
    REMINDER_ANSWERED = "reminder_answered"
    REPORT_DEMANDED = "report_demanded"
    CASE_REOPENED = "case_reopened"
    CASE_CONTINUED = "case_continued"
    CASE_CORRECTED = "case_corrected"
    NOTE_ADDED = "note_added"
    MESSAGE_SENT = "message_sent"
    MESSAGE_RECEIVED = "message_received"
    DOCUMENT_ADDED = "document_added"
    WITHDRAWAL_ASKED = "withdrawal_asked"
    VERDICT_GIVEN = "verdict_given"
    PUBLIC_SHOWN = "public_shown"
    DATA_CHANGED = "data_changed"
    DATA_REQUESTED = "data_requested"
    DATA_ANSWERED = "data_answered"
    DATA_HELD = "data_held"
    DATA_RELEASED = "data_released"
    DATA_ERASED = "data_erased"
    SEALED_READ = "sealed_read"
    TERM_RECOMPUTED = "term_recomputed"
    CONTACT_CONFIRMED = "contact_confirmed"
    LETTER_ISSUED = "letter_issued"
    LETTER_SENT = "letter_sent"
    LETTER_CANCELLED = "letter_cancelled"
    SEAL_CHECK_OVERRULED = "seal_check_overruled"


class Letter(StrEnum):
    """The letters and minutes that an act brings with it (law: forms of the decrees)."""

    COMPLAINT_ACCEPTED = "complaint_accepted"
    COMPLAINT_REFUSED = "complaint_refused"
    COMPLAINT_GUIDED = "complaint_guided"
    COMPLAINT_DECISION = "complaint_decision"
    COMPLAINT_TERMINATED = "complaint_terminated"
    COMPLAINT_SUSPENDED = "complaint_suspended"
    COMPLAINT_CONTINUED = "complaint_continued"
    DENUNCIATION_ACCEPTED = "denunciation_accepted"
    DENUNCIATION_ACCEPTANCE_NOTICE = "denunciation_acceptance_notice"
    DENUNCIATION_CONTENT_NOTICE = "denunciation_content_notice"
    DENUNCIATION_REFUSED = "denunciation_refused"
    DENUNCIATION_FORWARDED = "denunciation_forwarded"
    DENUNCIATION_EXTENDED = "denunciation_extended"
    DENUNCIATION_CONCLUSION = "denunciation_conclusion"
    DENUNCIATION_TERMINATED = "denunciation_terminated"
    DENUNCIATION_SUSPENDED = "denunciation_suspended"
    DENUNCIATION_CONTINUED = "denunciation_continued"
    PETITION_FORWARDED = "petition_forwarded"
    PETITION_GUIDED = "petition_guided"
    PETITION_REFUSED = "petition_refused"
    PETITION_ANSWER = "petition_answer"
    RETURN_NOTE = "return_note"
    REQUEST_TO_CITIZEN = "request_to_citizen"
    WITHDRAWAL_RECORD = "withdrawal_record"
    VERIFICATION_TEAM = "verification_team"
    VERIFICATION_REPORT = "verification_report"
    DIALOGUE_MINUTES = "dialogue_minutes"
    SETTLEMENT_REMINDER = "settlement_reminder"
    VERIFICATION_ASSIGNED = "verification_assigned"
    VERIFICATION_BODY_REPORT = "verification_body_report"
    WORKING_MINUTES = "working_minutes"
    EVIDENCE_REQUEST = "evidence_request"
    EVIDENCE_RECEIPT = "evidence_receipt"
    EXPERT_REQUEST = "expert_request"
    TEMPORARY_STAY = "temporary_stay"
    STAY_LIFTED = "stay_lifted"
    DIALOGUE_NOTICE = "dialogue_notice"
    DENUNCIATION_FORWARD_NOTICE = "denunciation_forward_notice"
    DENUNCIATION_CONCLUSION_NOTICE = "denunciation_conclusion_notice"
    ACCEPTANCE_PROPOSAL = "acceptance_proposal"
    MIXED_GUIDANCE = "mixed_guidance"
    RECEPTION_REFUSED = "reception_refused"
    PAPERS_RECEIVED = "papers_received"
    RECEPTION_MINUTES = "reception_minutes"
    RECEPTION_CONCLUSION = "reception_conclusion"
    APPOINTMENT = "appointment"
    COMPLAINT_PETITION = "complaint_petition"
    COMPLAINT_AUTHORISATION = "complaint_authorisation"
    DENUNCIATION_WITHDRAWAL = "denunciation_withdrawal"


class LetterState(StrEnum):
    """How far a letter has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    ISSUED = "issued"
    CANCELLED = "cancelled"


class RegisterState(StrEnum):
    """What became of a number of the register of documents; it is never given again."""

    TAKEN = "taken"
    ISSUED = "issued"
    CANCELLED = "cancelled"


class AuditAction(StrEnum):
    """Acts outside a case that must stay traceable."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_CHANGED = "account_changed"
    LINK_ISSUED = "link_issued"
    PASSWORD_SET = "password_set"
    SEALED_READ = "sealed_read"
    REPORT_EXPORTED = "report_exported"
    PERIOD_CLOSED = "period_closed"
    RECORDS_IMPORTED = "records_imported"
    CALENDAR_CHANGED = "calendar_changed"
    DIRECTORY_CHANGED = "directory_changed"
    RECEPTION_RECORDED = "reception_recorded"
    RECEPTION_CORRECTED = "reception_corrected"
    OVERSIGHT_RECORDED = "oversight_recorded"
    OVERSIGHT_CORRECTED = "oversight_corrected"
    VISITOR_REFUSED = "visitor_refused"
    REFUSAL_NOTICE = "refusal_notice"
    PAPERS_RECEIVED = "papers_received"
    SEAL_CHECK_OVERRULED = "seal_check_overruled"
    TEMPLATE_CHANGED = "template_changed"
    NUMBER_ENTERED = "number_entered"
    NUMBER_CANCELLED = "number_cancelled"
    DATA_ERASED = "data_erased"


class LookReason(StrEnum):
    """Why an imported or entered record is marked for a look: unusual, but possible."""

    RECEIVED_ON_DAY_OFF = "received_on_day_off"
    CLOSED_ON_DAY_OFF = "closed_on_day_off"
    NO_RESPONDENT = "no_respondent"
    NO_IDENTITY = "no_identity"
    LATE_ACCEPTANCE = "late_acceptance"
    SECOND_AT_COMMUNE = "second_at_commune"
    OUTSIDE_OPENING_HOURS = "outside_opening_hours"
    UNSIGNED = "unsigned"
    ENTERED_LATE = "entered_late"
    DEVICE_CLOCK_WRONG = "device_clock_wrong"
    NO_PROOF_OF_WORK = "no_proof_of_work"


class RatingDoubt(StrEnum):
    """Why a rating is counted apart; it is never deleted."""

    TOO_FAST = "too_fast"
    LIMIT_REACHED = "limit_reached"
    OUTSIDE_OPENING_HOURS = "outside_opening_hours"
    BURST = "burst"
    OWN_BUTTON = "own_button"
