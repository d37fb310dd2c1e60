"""Demo data: leaders, divisions, spokespersons and hotlines of every unit of today; every person is invented and says so."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from portal.core.tenancy import unit_scope
from portal.core.text import slugify_vi, without_marks
from portal.pages.demo.people_plans import DivisionPlan, PostPlan, divisions_of, posts_of
from portal.pages.demo.plan import COMMUNE_FROM
from portal.pages.demo.wording import INVENTED_NAME, INVENTED_NUMBER, choose, person, rng
from units.enums import UnitKind
from units.enums.people import Honorific, PostLevel, SpokesRole
from units.models import Appointment, Division, Hotline, Person, Post, Site, Spokesperson, Unit

CHANGED_HANDS: Final = ("hue", "thuan-an", "phu-xuan", "vy-da", "stp")
"""Units with a former head, who left some 240 days ago."""
WITHOUT_SPOKESPERSON: Final = ("a-luoi-5", "sngv")
LATE: Final = ("phu-xuan", "sdl")
WAITING: Final = ("thuan-an",)
_ORIGIN: Final = ("phường Phú Xuân", "phường Vỹ Dạ", "xã Phú Vinh", "phường Hương Thủy", "xã A Lưới 1")
_DEGREE: Final = ("Luật", "Quản lý công", "Kinh tế", "Xây dựng", "Sư phạm Ngữ văn", "Nông nghiệp")
_NATIONAL: Final = (
    ("Cứu nạn, cứu hộ, thiên tai", "112", "Người bị nạn, mắc kẹt, mất tích"),
    ("Công an", "113", "Trộm cướp, đánh nhau, tai nạn giao thông"),
    ("Cháy, nổ", "114", "Cháy nhà, cháy rừng, mắc kẹt trong thang máy"),
    ("Cấp cứu y tế", "115", "Người bệnh nặng, tai nạn có người bị thương"),
    ("Bảo vệ trẻ em", "111", "Trẻ bị đánh, bị bỏ rơi, bị xâm hại"),
)


def load_people() -> int:
    """Load leaders, divisions, spokespersons and hotlines where there are none yet; returns how many units got some."""
    made = 0
    units = Unit.objects.current().defer("boundary").order_by("pk")
    for unit in units.exclude(kind=UnitKind.DISTRICT):
        if unit.kind == UnitKind.COMMUNE and unit.valid_from < COMMUNE_FROM:
            continue  # the province as it was: its old communes are shown without people
        with unit_scope(unit), transaction.atomic():
            if Person.objects.exists():
                continue
            _fill(unit)
            made += 1
    return made


def _fill(unit: Unit) -> None:
    phone = Site.objects.of_current_unit().phone or f"0234 300 0000 {INVENTED_NUMBER}"
    divisions = _divisions(divisions_of(unit), phone)
    plans = posts_of(unit)
    posts = Post.objects.bulk_create(
        Post(
            title=plan.title, short_title=plan.short_title, level=plan.level, duties=plan.duties, order=order,
            division=divisions.get(plan.division), is_demo=True,
        )
        for order, plan in enumerate(plans, 1)
    )  # fmt: skip
    names = _names(unit, [plan.seed for plan in plans])
    people = Person.objects.bulk_create(
        _person(unit, plan, order, phone, names[plan.seed]) for order, plan in enumerate(plans, 1)
    )
    _appoint(unit, people, posts)
    _spokespersons(unit, people, plans, phone)
    _hotlines(unit, phone)


def _divisions(plans: tuple[DivisionPlan, ...], phone: str) -> dict[str, Division]:
    known: dict[str, Division] = {}
    for nested in (False, True):
        rows = [
            Division(
                name=plan.name, short_name=plan.short_name, kind=plan.kind, duties=plan.duties, address=plan.room,
                phone=phone, parent=known.get(plan.inside), order=order, is_demo=True,
            )
            for order, plan in enumerate(plans, 1)
            if bool(plan.inside) == nested
        ]  # fmt: skip
        known |= {row.name: row for row in Division.objects.bulk_create(rows)}
    return known


def _names(unit: Unit, seeds: list[str]) -> dict[str, str]:
    """Seed → “Ông Lê Ngọc Sơn (tên minh họa)”, no name twice in one unit."""
    names: dict[str, str] = {}
    for seed in seeds:
        words = (person(unit.slug, seed, *("lại" for _again in range(turn))) for turn in range(50))
        names[seed] = next(name for name in words if name not in names.values())
    return names


def _person(unit: Unit, plan: PostPlan, order: int, phone: str, words: str) -> Person:
    courtesy, full_name = words.split(" ", 1)
    bare = full_name.removesuffix(f" {INVENTED_NAME}")
    is_leader = plan.level == PostLevel.LEADER
    return Person(
        full_name=full_name, honorific=Honorific.MRS if courtesy == "Bà" else Honorific.MR, slug=slugify_vi(bare),
        folded=without_marks(bare).lower(), biography=_biography(unit, words, plan) if is_leader else "", phone=phone,
        email=f"{slugify_vi(bare).replace('-', '')}.{unit.slug.replace('-', '')}@hue.example", order=order, is_demo=True,
    )  # fmt: skip


def _biography(unit: Unit, words: str, plan: PostPlan) -> str:
    chance = rng(unit.slug, plan.seed, "biography")
    since = chance.randint(1998, 2012)
    return (
        f"<p>{words} là người do Cổng đặt ra để xem thử, không phải lãnh đạo thật của "
        f"{unit.name[:1].lower()}{unit.name[1:]}.</p>"
        f"<ul><li>Quê: {choose(_ORIGIN, unit.slug, plan.seed)}.</li>"
        f"<li>Chuyên môn: đại học ngành {choose(_DEGREE, unit.slug, plan.seed)}.</li>"
        f"<li>{since} – {since + 8}: công chức, rồi phó trưởng phòng.</li>"
        f"<li>{since + 8} – 2025: trưởng phòng, rồi lãnh đạo địa phương trước sắp xếp.</li></ul>"
    )


def _appoint(unit: Unit, people: list[Person], posts: list[Post]) -> None:
    """Today's holders since the unit's beginning; in some units the head changed, and one deputy is acting."""
    handover = max(unit.valid_from, timezone.localdate() - timedelta(days=240))
    former = unit.slug in CHANGED_HANDS and handover > unit.valid_from
    rows = [
        Appointment(
            person=who, post=post, starts_on=handover if former and not number else unit.valid_from, is_demo=True,
            is_acting=number == len(posts) - 1 and post.level == PostLevel.HEAD, decision="00/QĐ-UBND (số minh họa)",
        )
        for number, (who, post) in enumerate(zip(people, posts, strict=True))
    ]  # fmt: skip
    if former:
        plan = posts_of(unit)[0]
        words = person(unit.slug, f"{plan.seed} trước")
        gone = Person.objects.bulk_create([_person(unit, plan, 90, "", words)])[0]
        rows.append(_past(gone, posts[0], unit.valid_from, handover - timedelta(days=1)))
    Appointment.objects.bulk_create(rows)


def _past(who: Person, post: Post, first: date, last: date) -> Appointment:
    return Appointment(person=who, post=post, starts_on=first, ends_on=last, is_demo=True)


def _spokespersons(unit: Unit, people: list[Person], plans: tuple[PostPlan, ...], phone: str) -> None:
    if unit.slug in WITHOUT_SPOKESPERSON:
        return
    number = next((row for row, plan in enumerate(plans) if plan.title.startswith("Chánh Văn phòng")), 1)
    hours = 51 if unit.slug in LATE else rng(unit.slug, "spokesperson").randint(2, 20)
    assigned = _morning(timezone.localdate() - timedelta(days=rng(unit.slug, "assigned").randint(40, 140)))
    rows = [
        Spokesperson(
            name=people[number].full_name, post=plans[number].title, phone=phone, email=people[number].email,
            decision="00/QĐ-UBND (số minh họa)", assigned_at=assigned, published_at=assigned + timedelta(hours=hours),
            is_demo=True,
        )
    ]  # fmt: skip
    if unit.slug in WAITING:
        rows.append(
            Spokesperson(
                role=SpokesRole.AUTHORISED, name=people[1].full_name, post=plans[1].title, phone=phone,
                email=people[1].email, matter="Khắc phục sạt lở bờ biển (minh họa)", decision="00/GUQ-UBND (số minh họa)",
                assigned_at=timezone.now() - timedelta(hours=19), is_demo=True,
            )
        )  # fmt: skip
    Spokesperson.objects.bulk_create(rows)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(8)))


def _hotlines(unit: Unit, phone: str) -> None:
    number = phone.removesuffix(f" {INVENTED_NUMBER}")
    rows = [
        Hotline(
            label="Trực ban", number=number, purpose=f"Việc gấp trong địa bàn: ngập, sạt lở, cây đổ {INVENTED_NUMBER}",
            hours="Cả ngày đêm", order=1, is_demo=True,
        ),
        Hotline(
            label="Phản ánh cán bộ gây phiền hà", number=number,
            purpose=f"Bị đòi thêm giấy tờ, bị hẹn nhiều lần {INVENTED_NUMBER}",
            hours="Giờ làm việc", order=2, is_demo=True,
        ),
    ]  # fmt: skip
    if unit.kind == UnitKind.PROVINCE:
        rows += [
            Hotline(label=label, number=short, purpose=purpose, hours="Cả ngày đêm", for_all=True, order=order)
            for order, (label, short, purpose) in enumerate(_NATIONAL, 3)
        ]
    Hotline.objects.bulk_create(rows)
