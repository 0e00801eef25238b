// A point on a map beside the select of buurten. Both say the same: a point chooses the buurt in which it lies, and
// choosing another buurt takes the point away. The outlines come from our own address; pictures under them only where
// an operator named a server for those.
const STEP = 8; // pixels that one press of an arrow key moves the point; with Shift as many times more
const FAR = 8;
const WIDTH_OF_A_LETTER = 9;
const CLOSEST = 18;
// Where in a box is looked for a point inside an outline: the middle first.
const GRID = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9];

const isInRing = ([x, y], ring) => {
  let isIn = false;
  for (let here = 0, before = ring.length - 1; here < ring.length; before = here, here += 1) {
    const [x1, y1] = ring[here];
    const [x2, y2] = ring[before];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) {
      isIn = !isIn;
    }
  }
  return isIn;
};

const polygonsOf = ({ type, coordinates }) => (type === "Polygon" ? [coordinates] : coordinates);

const isInside = (point, geometry) =>
  polygonsOf(geometry).some(
    ([edge, ...holes]) => isInRing(point, edge) && !holes.some((hole) => isInRing(point, hole)),
  );

// A place in a box that is good, as near to its middle as the grid has one.
function middleOf(box, isGood) {
  const [south, west] = [box.getSouth(), box.getWest()];
  const [height, width] = [box.getNorth() - south, box.getEast() - west];
  const places = GRID.flatMap((up) => GRID.map((along) => L.latLng(south + up * height, west + along * width)));
  return places.find(isGood);
}

async function outlines(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(`${address}: ${answer.status}`);
  }
  return answer.json();
}

class Place {
  constructor(element, wijken, buurten) {
    const form = element.closest("form");
    this.words = element.dataset;
    this.buurten = buurten.features;
    [this.latitude, this.longitude] = ["latitude", "longitude"].map((name) => form.elements[name]);
    this.select = form.elements.buurt_code;
    this.said = element.querySelector("[data-place-said]");
    this.put = element.querySelector("[data-place-put]");
    this.take = element.querySelector("[data-place-take]");
    this.marker = null;
    element.hidden = false;
    this.draw(element.querySelector("[data-place-map]"), wijken, buurten);
    this.listen();
    this.look();
    if (this.latitude.value && this.longitude.value) {
      this.show([Number(this.latitude.value), Number(this.longitude.value)]);
      this.look();
    }
  }

  draw(box, wijken, buurten) {
    const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map = L.map(box, {
      attributionControl: false,
      fadeAnimation: !isStill,
      markerZoomAnimation: !isStill,
      maxZoom: CLOSEST,
      renderer: L.svg({ padding: 0 }),
      scrollWheelZoom: false,
      zoomAnimation: !isStill,
      zoomControl: false,
      zoomSnap: 0.25,
    });
    const by = L.control.attribution({ prefix: false }).addTo(this.map);
    L.control.zoom({ zoomInTitle: this.words.closer, zoomOutTitle: this.words.further }).addTo(this.map);
    by.addAttribution(buurten.features[0]?.properties.bron ?? "");
    if (this.words.tiles) {
      L.tileLayer(this.words.tiles, { attribution: this.words.tilesBy, maxZoom: CLOSEST }).addTo(this.map);
      box.classList.add("bb-place__map--tiles");
    }
    const lines = (features, className) =>
      L.geoJSON(features, { interactive: false, style: { className } }).addTo(this.map);
    this.layers = lines(buurten, "bb-place__buurt");
    lines(wijken, "bb-place__wijk");
    this.names = L.layerGroup().addTo(this.map);
  }

  listen() {
    this.map.on("click", ({ latlng }) => this.choose(latlng));
    this.map.on("zoomend moveend", () => this.name());
    this.put.addEventListener("click", () => {
      this.choose(this.centre());
      this.marker?.getElement().focus();
    });
    this.take.addEventListener("click", () => {
      this.forget(this.words.taken);
      this.put.focus();
    });
    this.select.addEventListener("change", () => {
      const kept = this.marker && this.buurtAt(this.marker.getLatLng());
      if (kept && kept.id !== this.select.value) {
        this.forget(this.words.movedOn);
      }
      this.look();
    });
  }

  // Where a point begins that nobody pointed at: in the chosen buurt, or else in the middle of what is seen.
  centre() {
    const seen = this.map.getCenter();
    const chosen = this.layerOf(this.select.value);
    const isGood = (at) => (chosen ? this.buurtAt(at)?.id === this.select.value : this.buurtAt(at));
    if (isGood(seen)) {
      return seen;
    }
    return middleOf((chosen ?? this.layers).getBounds(), isGood) ?? seen;
  }

  layerOf(code) {
    return this.layers.getLayers().find(({ feature }) => feature.id === code);
  }

  buurtAt({ lat, lng }) {
    return this.buurten.find(({ geometry }) => isInside([lng, lat], geometry));
  }

  // Look at the point, at the chosen buurt, or at everything.
  look() {
    const chosen = this.layerOf(this.select.value);
    this.map.fitBounds((chosen ?? this.layers).getBounds(), { animate: false, padding: [8, 8] });
    if (this.marker) {
      this.map.panInside(this.marker.getLatLng(), { animate: false, padding: [40, 40] });
    }
  }

  // Names stand on the buurten that are wide enough for them.
  name() {
    this.names.clearLayers();
    for (const layer of this.layers.getLayers()) {
      const box = layer.getBounds();
      const [west, east] = [box.getSouthWest(), box.getNorthEast()].map((at) => this.map.latLngToLayerPoint(at).x);
      const { naam } = layer.feature.properties;
      if (east - west > naam.length * WIDTH_OF_A_LETTER && this.map.getBounds().intersects(box)) {
        const isOwn = ({ lat, lng }) => isInside([lng, lat], layer.feature.geometry);
        L.tooltip(middleOf(box, isOwn) ?? box.getCenter(), {
          className: "bb-place__name",
          content: naam,
          direction: "center",
          interactive: false,
          opacity: 1,
          permanent: true,
        }).addTo(this.names);
      }
    }
  }

  choose(at) {
    const buurt = this.buurtAt(at);
    if (!buurt) {
      this.say(this.words.outside);
      return false;
    }
    this.show(at);
    this.latitude.value = at.lat.toFixed(6);
    this.longitude.value = at.lng.toFixed(6);
    this.select.value = buurt.id;
    this.say(this.words.inside.replace("{place}", buurt.properties.naam));
    return true;
  }

  show(at) {
    if (this.marker) {
      this.marker.setLatLng(at);
    } else {
      this.marker = L.marker(at, {
        alt: this.words.marker,
        draggable: true,
        icon: L.icon({
          iconAnchor: [12, 41],
          iconRetinaUrl: this.words.largeIcon,
          iconSize: [25, 41],
          iconUrl: this.words.icon,
          shadowSize: [41, 41],
          shadowUrl: this.words.shadow,
        }),
        keyboard: true,
      }).addTo(this.map);
      this.follow();
    }
    this.take.hidden = false;
    this.put.hidden = true;
  }

  follow() {
    let before = this.marker.getLatLng();
    this.marker.on("dragstart", () => {
      before = this.marker.getLatLng();
    });
    this.marker.on("dragend", () => {
      if (!this.choose(this.marker.getLatLng())) {
        this.marker.setLatLng(before);
      }
    });
    this.marker.getElement().addEventListener("keydown", (event) => this.step(event));
  }

  step(event) {
    const way = { ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1] }[event.key];
    if (!way) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const far = STEP * (event.shiftKey ? FAR : 1);
    const here = this.map.latLngToContainerPoint(this.marker.getLatLng());
    if (this.choose(this.map.containerPointToLatLng(here.add([way[0] * far, way[1] * far])))) {
      this.map.panInside(this.marker.getLatLng(), { animate: false, padding: [40, 40] });
    }
  }

  forget(words) {
    this.marker?.remove();
    this.marker = null;
    this.latitude.value = "";
    this.longitude.value = "";
    this.take.hidden = true;
    this.put.hidden = false;
    this.say(words);
  }

  say(words) {
    this.said.textContent = words;
  }
}

for (const element of document.querySelectorAll("[data-place]")) {
  Promise.all([outlines(element.dataset.wijken), outlines(element.dataset.buurten)])
    .then(([wijken, buurten]) => buurten.features.length > 0 && new Place(element, wijken, buurten))
    .catch((error) => {
      // Address and buurt ask the same: nothing is missing.
      console.warn(error);
      element.hidden = true;
    });
}
