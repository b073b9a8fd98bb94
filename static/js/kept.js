// The page that stands in for all others off line: which sheets, walks and door lists this person can open.
const list = document.getElementById('kept');
const owner = await (await caches.open('owner')).match('/owner');
const cache = owner && await caches.open(`pages-${await owner.text()}`);

for (const request of cache ? await cache.keys() : []) {
  const {pathname} = new URL(request.url);
  if (!/^\/(a3\/\d+|coaching\/visits\/\d+\/walk|courses\/\d+\/door)\/$/.test(pathname)) continue;
  const page = new DOMParser().parseFromString(await (await cache.match(request, {ignoreVary: true})).text(), 'text/html');
  const link = Object.assign(document.createElement('a'), {href: pathname, className: 'title', textContent: page.title.replace(/ · [^·]*$/, '')});
  const row = document.createElement('li');
  row.append(link);
  list.append(row);
}
document.getElementById('none').hidden = list.childElementCount > 0;
