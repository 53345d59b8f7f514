"""Ticks that one can read, and the short forms of numbers."""

from __future__ import annotations

import math
from datetime import datetime

Tick = tuple[float, str]
PREFIXES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
TIME_STEPS = (1, 2, 5, 10, 15, 30, *(MINUTE * n for n in (1, 2, 5, 10, 15, 30)),
              *(HOUR * n for n in (1, 2, 3, 6, 12)))  # fmt: skip


def short(value: float) -> str:
    """Three significant digits: 0.357, 12.5k, 3.2e−5."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("∞" if value > 0 else "−∞")
    size = abs(value)
    if size == 0:
        return "0"
    if size < 1e-3 or size >= 999.5e12:
        mantissa, exponent = f"{size:.1e}".split("e")
        text = f"{mantissa.removesuffix('.0')}e{int(exponent)}"
    else:
        # 999.95 rounds to 1000: the prefix is chosen for what is printed.
        unit, prefix = next(((u, p) for u, p in PREFIXES if size >= u * 0.9995), (1.0, ""))
        whole = unit == 1.0 and size == round(size)
        number = f"{size:.0f}" if whole else f"{size / unit:.{_decimals(size / unit)}f}"
        text = number + prefix
    return ("−" if value < 0 else "") + text.replace("-", "−")


def _decimals(size: float) -> int:
    """Places behind the point that make three digits of a number in [0.001, 1000)."""
    return max(0, 2 - math.floor(math.log10(float(f"{size:.2e}"))))


def count(value: int) -> str:
    """A whole number in at most four characters and a prefix: 11, 9.54k, 11.7M."""
    return str(value) if abs(value) < 1000 else short(value)


def parameters(value: int) -> str:
    """A number of parameters, whose thousand millions are a B: 11.7M, 70.6B."""
    return count(value).replace("G", "B")


def shape(sizes: list[int | None] | None) -> str:
    """`2 × 10`; a size that is not fixed is `?`, a scalar is `scalar`, an unknown shape is empty."""
    if sizes is None:
        return ""
    return " × ".join("?" if size is None else str(size) for size in sizes) or "scalar"


def linear(low: float, high: float, most: int) -> list[Tick]:
    """At most about `most` round values within [low, high] (Heckbert's 1, 2, 5, in Graphics Gems, 1990)."""
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return [(low, short(low))] if math.isfinite(low) else []
    step = _round_step((high - low) / max(1, most))
    if not step > 0 or low + step == low or high - step == high:
        return [(low, short(low)), (high, short(high))]
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    values = [index * step for index in range(first, min(last, first + 4 * most) + 1)]
    return list(zip(values, _labels(values, step), strict=True))


def logarithmic(low: float, high: float, most: int, *, seconds: bool = False) -> list[Tick]:
    """Powers of ten within [10^low, 10^high], at their exponents; between two of them 2 and 5 as well."""
    exponents = range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1)
    stride = max(1, math.ceil(len(exponents) / max(1, most)))
    ticks = [(float(e), _power(e)) for e in exponents if e % stride == 0]
    if len(ticks) < 3:
        mantissas = (1, 2, 5) if high - low > 0.5 else (1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9)
        decades = range(math.floor(low), math.ceil(high) + 1)
        places = [math.log10(m) + e for e in decades for m in mantissas]
        within = [p for p in places if low - 1e-9 <= p <= high + 1e-9]
        ticks = [(p, short(10.0**p)) for p in within[:: max(1, len(within) // max(1, most))]]
    return [(place, _time(10.0**place)) for place, _ in ticks] if seconds else ticks


def duration(low: float, high: float, most: int) -> list[Tick]:
    """Seconds at round times: 30 s, 5 m, 1 h 30 m, 2 d; 5:02:10 far from the start."""
    values = _time_values(low, high, most, 0.0)
    step = _step_of(values)
    return [(value, _time_of_tick(round(value, _places(step)), step)) for value in values]


def clock(low: float, high: float, most: int) -> list[Tick]:
    """Seconds since 1970 at round local times: 14:02, with seconds or as a day where the span asks for it."""
    try:
        offset = datetime.fromtimestamp(low).astimezone().utcoffset()
        zone = offset.total_seconds() if offset else 0.0
        form = "%H:%M:%S" if high - low < 2 * MINUTE else "%H:%M" if high - low < 2 * DAY else "%d %b"
        values = _time_values(low, high, most, zone)
        places = _places(_step_of(values))
        rounded = [round(value, places) for value in values]
        fractions = [f"{value % 1:.{places}f}"[1:] if places else "" for value in rounded]
        texts = [datetime.fromtimestamp(math.floor(value)).strftime(form) for value in rounded]
        return [(value, text + part) for value, text, part in zip(values, texts, fractions, strict=True)]
    except (OverflowError, OSError, ValueError):  # a year that the calendar does not have
        return linear(low, high, most)


def _time_values(low: float, high: float, most: int, zone: float) -> list[float]:
    span = (high - low) / max(1, most)
    step = next((s for s in TIME_STEPS if s >= span), DAY * max(1.0, _round_step(span / DAY)))
    if span < 1:
        step = _round_step(span)
    if not step > 0 or not math.isfinite(step) or low + step == low:
        return [low]
    first, last = math.ceil((low + zone) / step - 1e-9), math.floor((high + zone) / step + 1e-9)
    return [index * step - zone for index in range(first, min(last, first + 4 * most) + 1)]


def _time(seconds: float) -> str:
    sign, rest = ("−" if seconds < 0 else ""), abs(seconds)
    if rest < MINUTE:
        return f"{sign}{rest:.3g} s" if rest else "0"
    units = ((DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (1.0, "s"))
    index = next(i for i, (size, _) in enumerate(units) if rest >= size)
    (large, name), (small, part) = units[index], units[index + 1]
    whole, remains = divmod(round(rest / small) * small, large)
    return f"{sign}{whole:.0f} {name}" + (f" {remains / small:.0f} {part}" if remains else "")


def _time_of_tick(seconds: float, step: float) -> str:
    size = abs(seconds)
    if 0 < size < MINUTE:
        return f"{seconds:.12g} s".replace("-", "−")
    told = 1.0 if size < HOUR else MINUTE if size < DAY else HOUR
    return _time(seconds) if seconds == 0 or step >= told else _reading(seconds, step)


def _reading(seconds: float, step: float) -> str:
    """As on a clock, as much of it as a step needs: 16:04.5, 5:02:10, 2 d 03:30."""
    places = _places(step)
    size = abs(seconds)
    days, hours, minutes = size // DAY, size // HOUR % 24, size // MINUTE % 60
    parts = [f"{minutes:02.0f}"]
    if step < MINUTE:
        parts.append(f"{size % MINUTE:0{places + 3 if places else 2}.{places}f}")
    if days:
        parts.insert(0, f"{hours:02.0f}")
    elif hours:
        parts.insert(0, f"{hours:.0f}")
    return ("−" if seconds < 0 else "") + (f"{days:.0f} d " if days else "") + ":".join(parts)


def _step_of(values: list[float]) -> float:
    return values[1] - values[0] if len(values) > 1 else math.inf


def _places(step: float) -> int:
    """Places behind the point of a number of seconds."""
    return min(6, max(0, -math.floor(math.log10(step) + 1e-6))) if step < 1 else 0


def _round_step(rough: float) -> float:
    if not (rough > 0 and math.isfinite(rough)):
        return 0.0
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next((m for m in (1, 2, 5, 10) if m * power >= rough * (1 - 1e-9)), 10)


def _labels(values: list[float], step: float) -> list[str]:
    """One form for all ticks of an axis, with the digits that tell neighbours apart."""
    largest = max((abs(value) for value in values), default=0.0)
    if largest and (largest < 1e-2 or largest >= 1e15):
        exponent = math.floor(math.log10(largest) + 1e-12)
        places = max(0, exponent - math.floor(math.log10(step) + 1e-9))
        return [_scientific(value, places) for value in values]
    unit, prefix = next(((u, p) for u, p in PREFIXES if largest >= u), (1.0, ""))
    places = max(0, -math.floor(math.log10(step / unit) + 1e-9))
    texts = [f"{value / unit:.{places}f}{prefix}" for value in values]
    return ["0" if value == 0 else text.replace("-", "−") for value, text in zip(values, texts, strict=True)]


def _scientific(value: float, places: int) -> str:
    if value == 0:
        return "0"
    mantissa, exponent = f"{value:.{places}e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")


def _power(exponent: int) -> str:
    value = 10.0**exponent if exponent < 15 else 0.0
    if -3 < exponent < 3:
        return f"{value:g}"
    if value >= 1000:
        unit, prefix = next((u, p) for u, p in PREFIXES if value >= u)
        return f"{value / unit:g}{prefix}"
    return short(value) if value else f"1e{exponent}"
