<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="fr_FR">
<context>
    <name>AccountDialog</name>
    <message>
        <source>Les coordonnées publiées valent pour toutes ses sous-commandes.</source>
        <translation>公示信息适用于其所有子订单。</translation>
    </message>
    <message>
        <source>Raison sociale</source>
        <translation>公司名称</translation>
    </message>
    <message>
        <source>SIRET</source>
        <translation>SIRET</translation>
    </message>
    <message>
        <source>14 chiffres</source>
        <translation>14 位数字</translation>
    </message>
    <message>
        <source>N° de TVA</source>
        <translation>增值税号</translation>
    </message>
    <message>
        <source>IBAN</source>
        <translation>IBAN</translation>
    </message>
    <message>
        <source>Nom publié</source>
        <translation>公示名称</translation>
    </message>
    <message>
        <source>Téléphone publié</source>
        <translation>公示电话</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>网站</translation>
    </message>
    <message>
        <source>Horaires d’ouverture</source>
        <translation>营业时间</translation>
    </message>
</context>
<context>
    <name>AccountListModel</name>
    <message>
        <source>avant le {day}</source>
        <translation>{day} 前</translation>
    </message>
    <message>
        <source>reste {count}</source>
        <translation>剩 {count} 项</translation>
    </message>
    <message>
        <source>visite {day} à {hour}</source>
        <translation>{day} {hour} 拜访</translation>
    </message>
    <message>
        <source>signé, à confirmer</source>
        <translation>已签署，待确认</translation>
    </message>
    <message>
        <source>proposition à finir</source>
        <translation>方案待完成</translation>
    </message>
    <message>
        <source>Rejet</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>E-mail manquant</source>
        <translation>缺少邮箱</translation>
    </message>
    <message>
        <source>Signé, à confirmer</source>
        <translation>已签署，待确认</translation>
    </message>
    <message>
        <source>Brouillon</source>
        <translation>草稿</translation>
    </message>
</context>
<context>
    <name>AccountModel</name>
    <message>
        <source>réduit</source>
        <translation>缩减</translation>
    </message>
    <message>
        <source>Chute totale notée. Les propositions sont closes.</source>
        <translation>已记录全部流失，方案已关闭。</translation>
    </message>
    <message>
        <source>Chute révoquée. Le compte est de nouveau actif.</source>
        <translation>流失已撤销，客户恢复有效。</translation>
    </message>
</context>
<context>
    <name>AccountPage</name>
    <message>
        <source>Autres actions</source>
        <translation>其他操作</translation>
    </message>
    <message>
        <source>Chronologie</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Rien ne s’est encore passé.</source>
        <translation>尚无记录。</translation>
    </message>
    <message>
        <source>Pas encore de proposition.</source>
        <translation>尚无方案。</translation>
    </message>
    <message>
        <source>La reconduction se prépare en un geste.</source>
        <translation>一步即可准备续订。</translation>
    </message>
    <message>
        <source>Préparer la reconduction</source>
        <translation>准备续订</translation>
    </message>
    <message>
        <source>Propositions</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Commandes</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Aucune commande.</source>
        <translation>没有订单。</translation>
    </message>
    <message>
        <source>Demandes</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Aucune demande au service client.</source>
        <translation>没有客服请求。</translation>
    </message>
    <message>
        <source>Aucun document.</source>
        <translation>没有文件。</translation>
    </message>
    <message>
        <source>Bons et devis se gardent ici dès qu’ils sont présentés.</source>
        <translation>订购单和报价单一经出示即保存在此。</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Préparation</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>Plan de parution</source>
        <translation>刊登计划</translation>
    </message>
    <message>
        <source>{activity} à {city}</source>
        <translation>{city} · {activity}</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Dossier complet, utilisable sans réseau</source>
        <translation>档案完整，离线可用</translation>
    </message>
    <message>
        <source>Dossier complet</source>
        <translation>档案完整</translation>
    </message>
    <message>
        <source>Portefeuille {area}</source>
        <translation>客户组合 {area}</translation>
    </message>
    <message>
        <source>Client depuis {year}</source>
        <translation>{year} 年起的客户</translation>
    </message>
    <message>
        <source>Révoquer la chute</source>
        <translation>撤销流失</translation>
    </message>
    <message>
        <source>Commencer la visite</source>
        <translation>开始拜访</translation>
    </message>
    <message>
        <source>Ouvrir la proposition</source>
        <translation>打开方案</translation>
    </message>
    <message>
        <source>Modifier la fiche</source>
        <translation>修改客户资料</translation>
    </message>
    <message>
        <source>Ajouter un contact</source>
        <translation>添加联系人</translation>
    </message>
    <message>
        <source>Noter une tâche</source>
        <translation>记录任务</translation>
    </message>
    <message>
        <source>Chute totale…</source>
        <translation>全部流失…</translation>
    </message>
    <message>
        <source>Ouverture du document</source>
        <translation>正在打开文件</translation>
    </message>
    <message>
        <source>Décharger</source>
        <translation>卸载</translation>
    </message>
    <message>
        <source>Charger pour la visite</source>
        <translation>为拜访加载</translation>
    </message>
</context>
<context>
    <name>AccountWords</name>
    <message>
        <source>{role} et signataire</source>
        <translation>{role}，签署人</translation>
    </message>
    <message>
        <source>signataire</source>
        <translation>签署人</translation>
    </message>
    <message>
        <source>SIRET {number}</source>
        <translation>SIRET {number}</translation>
    </message>
    <message>
        <source>TVA {number}</source>
        <translation>增值税号 {number}</translation>
    </message>
    <message>
        <source>{kind}&#xa0;: {subject}</source>
        <translation>{kind}：{subject}</translation>
    </message>
    <message>
        <source>automatique</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>vous</source>
        <translation>您</translation>
    </message>
    <message>
        <source>signé le {day} · {status}</source>
        <translation>{day} 签署 · {status}</translation>
    </message>
    <message>
        <source>Commande {number}</source>
        <translation>订单 {number}</translation>
    </message>
    <message>
        <source>Édition {year} · signée le {day}</source>
        <translation>{year} 版 · {day} 签署</translation>
    </message>
    <message>
        <source>HT</source>
        <translation>未税</translation>
    </message>
    <message>
        <source>MO {number}</source>
        <translation>变更 {number}</translation>
    </message>
    <message>
        <source>Par défaut</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Simulation</source>
        <translation>模拟方案</translation>
    </message>
    <message numerus="yes">
        <source>%n sous-commande(s)</source>
        <translation>
            <numerusform>%n 个子订单</numerusform>
        </translation>
    </message>
    <message>
        <source>{kind} · édition {year} · {count}</source>
        <translation>{kind} · {year} 版 · {count}</translation>
    </message>
    <message>
        <source>TTC</source>
        <translation>含税</translation>
    </message>
    <message>
        <source>{chance} · décision attendue le {day}</source>
        <translation>{chance} · 预计 {day} 决定</translation>
    </message>
    <message>
        <source>{kind} le {day}&#xa0;: {reason}</source>
        <translation>{day} {kind}：{reason}</translation>
    </message>
</context>
<context>
    <name>AccountsPage</name>
    <message>
        <source>Nom, ville, numéro</source>
        <translation>名称、城市、编号</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Comptes</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Équipe</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Chercher un compte de l’équipe</source>
        <translation>搜索团队客户</translation>
    </message>
    <message>
        <source>Aucun compte ne répond.</source>
        <translation>没有匹配的客户。</translation>
    </message>
    <message>
        <source>Élargissez&#xa0;: moins de mots, une condition de moins.</source>
        <translation>请放宽：减少词语或条件。</translation>
    </message>
    <message>
        <source>Tout montrer</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>{count} sur {all}</source>
        <translation>{count} / {all}</translation>
    </message>
    <message>
        <source>en cours</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Par urgence</source>
        <translation>按紧急程度</translation>
    </message>
    <message>
        <source>Par nom</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>Par montant</source>
        <translation>按金额</translation>
    </message>
</context>
<context>
    <name>CalendarPanel</name>
    <message>
        <source>Mois précédent</source>
        <translation>上个月</translation>
    </message>
    <message>
        <source>Mois suivant</source>
        <translation>下个月</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>Avant</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>Vous</source>
        <translation>您</translation>
    </message>
    <message>
        <source>Vous · {at}</source>
        <translation>您 · {at}</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>avant&#xa0;: {value}</source>
        <translation>原值：{value}</translation>
    </message>
    <message>
        <source>{field}&#xa0;: la vôtre</source>
        <translation>{field}：您的</translation>
    </message>
    <message>
        <source>{field}&#xa0;: celle du centre</source>
        <translation>{field}：中心的</translation>
    </message>
    <message>
        <source>Ce que vous aviez saisi</source>
        <translation>您填写的内容</translation>
    </message>
    <message numerus="yes">
        <source>et %n autre(s), dans le détail technique</source>
        <translation>
            <numerusform>另有 %n 项，见技术详情</numerusform>
        </translation>
    </message>
    <message>
        <source>Toutes les miennes</source>
        <translation>全部用我的</translation>
    </message>
    <message>
        <source>Toutes celles du centre</source>
        <translation>全部用中心的</translation>
    </message>
    <message>
        <source>Garder ce choix</source>
        <translation>保留此选择</translation>
    </message>
    <message>
        <source>Prendre {place}</source>
        <translation>改选 {place}</translation>
    </message>
    <message>
        <source>Retirer {product}</source>
        <translation>删除 {product}</translation>
    </message>
    <message>
        <source>Ouvrir {account}</source>
        <translation>打开 {account}</translation>
    </message>
    <message>
        <source>C’est vu, ranger</source>
        <translation>已阅，收起</translation>
    </message>
</context>
<context>
    <name>CatalogueModel</name>
    <message>
        <source>TVA {rate}</source>
        <translation>增值税 {rate}</translation>
    </message>
    <message>
        <source>Édition {year}</source>
        <translation>{year} 版</translation>
    </message>
    <message>
        <source>expiré le {day}</source>
        <translation>{day} 已过期</translation>
    </message>
    <message>
        <source>jusqu’au {day}</source>
        <translation>至 {day}</translation>
    </message>
    <message>
        <source>Partout</source>
        <translation>所有地区</translation>
    </message>
    <message>
        <source>Favori</source>
        <translation>收藏</translation>
    </message>
    <message numerus="yes">
        <source>%n emplacement(s) libre(s)</source>
        <translation>
            <numerusform>%n 个空余版位</numerusform>
        </translation>
    </message>
    <message>
        <source>Aucun emplacement libre</source>
        <translation>没有空余版位</translation>
    </message>
    <message>
        <source>édition {year}</source>
        <translation>{year} 版</translation>
    </message>
</context>
<context>
    <name>CataloguePage</name>
    <message>
        <source>Nom, référence</source>
        <translation>名称、编号</translation>
    </message>
    <message>
        <source>Produits</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Aucun produit ne répond.</source>
        <translation>没有匹配的产品。</translation>
    </message>
    <message>
        <source>Essayez moins de mots.</source>
        <translation>请减少词语。</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>目录</translation>
    </message>
    <message numerus="yes">
        <source>%n produit(s)</source>
        <translation>
            <numerusform>%n 个产品</numerusform>
        </translation>
    </message>
    <message>
        <source>Toutes les gammes</source>
        <translation>全部系列</translation>
    </message>
</context>
<context>
    <name>CodeDialog</name>
    <message>
        <source>Il ne sera plus montré.</source>
        <translation>此代码不会再次显示。</translation>
    </message>
    <message>
        <source>Copier</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Fermer</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>En plus&#xa0;: {what}</source>
        <translation>增加：{what}</translation>
    </message>
    <message>
        <source>En moins&#xa0;: {what}</source>
        <translation>减少：{what}</translation>
    </message>
    <message>
        <source>{amount} de plus sur «&#xa0;{product}&#xa0;»</source>
        <translation>“{product}”多 {amount}</translation>
    </message>
    <message>
        <source>{amount} de moins sur «&#xa0;{product}&#xa0;»</source>
        <translation>“{product}”少 {amount}</translation>
    </message>
    <message>
        <source>Le même total, toutes taxes comprises</source>
        <translation>含税总额相同</translation>
    </message>
    <message>
        <source>{amount} TTC de plus en tout</source>
        <translation>含税总额多 {amount}</translation>
    </message>
    <message>
        <source>{amount} TTC de moins en tout</source>
        <translation>含税总额少 {amount}</translation>
    </message>
    <message>
        <source>{text}, soit {plan}</source>
        <translation>{text}，即 {plan}</translation>
    </message>
</context>
<context>
    <name>CompareModel</name>
    <message>
        <source>Autres</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Différences seules</source>
        <translation>仅显示差异</translation>
    </message>
    <message>
        <source>Simulations</source>
        <translation>模拟方案</translation>
    </message>
    <message>
        <source>Rien à comparer pour l’instant</source>
        <translation>暂无可比较的方案</translation>
    </message>
    <message>
        <source>Dupliquez la proposition en simulation, changez-la, puis revenez ici.</source>
        <translation>将方案复制为模拟方案，修改后再回到此处。</translation>
    </message>
    <message>
        <source>Ouvrir la proposition</source>
        <translation>打开方案</translation>
    </message>
    <message>
        <source>Comparer</source>
        <translation>比较</translation>
    </message>
    <message numerus="yes">
        <source>{account} · %n simulation(s)</source>
        <translation>
            <numerusform>{account} · %n 个模拟方案</numerusform>
        </translation>
    </message>
    <message>
        <source>Écart</source>
        <translation>差额</translation>
    </message>
    <message>
        <source>HT, ligne à ligne</source>
        <translation>未税，逐行</translation>
    </message>
    <message>
        <source>Total HT</source>
        <translation>未税总额</translation>
    </message>
    <message>
        <source>TVA {rate}</source>
        <translation>增值税 {rate}</translation>
    </message>
    <message>
        <source>Total TTC</source>
        <translation>含税总额</translation>
    </message>
    <message>
        <source>Par défaut</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Simulation {number}</source>
        <translation>模拟方案 {number}</translation>
    </message>
    <message>
        <source>Contre l’édition {year}</source>
        <translation>与 {year} 版对比</translation>
    </message>
    <message>
        <source>{series}, HT en euros</source>
        <translation>{series}，未税，欧元</translation>
    </message>
    <message>
        <source>Édition {year}</source>
        <translation>{year} 版</translation>
    </message>
    <message>
        <source>Présenter «&#xa0;{proposal}&#xa0;»</source>
        <translation>展示“{proposal}”</translation>
    </message>
</context>
<context>
    <name>CompareScene</name>
    <message>
        <source>D’une édition à l’autre</source>
        <translation>各版对比</translation>
    </message>
    <message>
        <source>En euros, hors taxes</source>
        <translation>欧元，未税</translation>
    </message>
</context>
<context>
    <name>ConditionPill</name>
    <message>
        <source>Suppr enlève cette condition</source>
        <translation>按 Delete 移除此条件</translation>
    </message>
</context>
<context>
    <name>ContactDialog</name>
    <message>
        <source>Nouveau contact</source>
        <translation>新联系人</translation>
    </message>
    <message>
        <source>Nom</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Fonction</source>
        <translation>职务</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>Reçoit le bon signé</source>
        <translation>接收已签订购单</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Reçoit le code SMS</source>
        <translation>接收短信验证码</translation>
    </message>
    <message>
        <source>Téléphone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Signe les bons de commande</source>
        <translation>签署订购单</translation>
    </message>
    <message>
        <source>Qui signe pour {account}</source>
        <translation>谁代表 {account} 签署</translation>
    </message>
    <message>
        <source>La copie signée part par e-mail, le code par SMS&#xa0;: les deux sont obligatoires.</source>
        <translation>签署副本通过邮件发送，验证码通过短信发送：两者必填。</translation>
    </message>
    <message>
        <source>Plus tard</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Garder</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>ContactFields</name>
    <message>
        <source>Nom, prénom</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Gérante, directeur…</source>
        <translation>经理、主任…</translation>
    </message>
    <message>
        <source>nom@entreprise.fr</source>
        <translation>名称@公司.com</translation>
    </message>
    <message>
        <source>06 12 34 56 78</source>
        <translation>06 12 34 56 78</translation>
    </message>
    <message>
        <source>Signataire</source>
        <translation>签署人</translation>
    </message>
    <message>
        <source>Fonction</source>
        <translation>职务</translation>
    </message>
    <message>
        <source>E-mail, pour la copie signée</source>
        <translation>邮箱，用于接收签署副本</translation>
    </message>
    <message>
        <source>Mobile, pour le code SMS</source>
        <translation>手机，用于接收验证码</translation>
    </message>
    <message>
        <source>obligatoire pour signer</source>
        <translation>签署必填</translation>
    </message>
    <message>
        <source>«&#xa0;{text}&#xa0;» n’est pas complet</source>
        <translation>“{text}”不完整</translation>
    </message>
</context>
<context>
    <name>ContactPane</name>
    <message>
        <source>Avant de signer</source>
        <translation>签署之前</translation>
    </message>
    <message>
        <source>L’e-mail reçoit la copie signée, le mobile reçoit le code&#xa0;: les deux sont obligatoires.</source>
        <translation>邮箱接收签署副本，手机接收验证码：两者必填。</translation>
    </message>
    <message>
        <source>Garder, puis relire le bon</source>
        <translation>保存，然后重读订购单</translation>
    </message>
</context>
<context>
    <name>CopyWords</name>
    <message>
        <source>Le coffre de cet appareil est abîmé.</source>
        <translation>此设备的保险库已损坏。</translation>
    </message>
    <message>
        <source>Rien n’est effacé. Ce qui reste lisible du coffre sera ajouté à la copie.</source>
        <translation>未清除任何内容。保险库中仍可读取的部分将补入副本。</translation>
    </message>
    <message>
        <source>Le coffre de cet appareil a disparu.</source>
        <translation>此设备的保险库不见了。</translation>
    </message>
    <message>
        <source>Sa dernière copie peut prendre sa place.</source>
        <translation>可以用最近的副本替代它。</translation>
    </message>
    <message>
        <source>Le coffre de cet appareil a disparu, et aucune copie n’est saine.</source>
        <translation>此设备的保险库不见了，且没有完好的副本。</translation>
    </message>
    <message>
        <source>Ne réinscrivez pas l’appareil&#xa0;: laissez-le tel quel et appelez le support.</source>
        <translation>请勿重新注册设备：保持原样并联系支持人员。</translation>
    </message>
    <message>
        <source>Le coffre de cet appareil est abîmé, et aucune copie n’est saine.</source>
        <translation>此设备的保险库已损坏，且没有完好的副本。</translation>
    </message>
    <message>
        <source>Rien n’est effacé&#xa0;: laissez l’appareil tel quel et appelez le support.</source>
        <translation>未清除任何内容：请保持设备原样并联系支持人员。</translation>
    </message>
    <message>
        <source>Remettre la dernière copie ({when})</source>
        <translation>恢复最近的副本（{when}）</translation>
    </message>
    <message>
        <source>Copie remise ({when}).</source>
        <translation>已恢复副本（{when}）。</translation>
    </message>
    <message>
        <source>Ce qui a été fait depuis cette copie et qui était envoyé revient du centre&#xa0;; le reste est à refaire.</source>
        <translation>此副本之后已发送的内容会从中心取回；其余需要重做。</translation>
    </message>
    <message numerus="yes">
        <source>%n action(s) relue(s) du coffre abîmé.</source>
        <translation>
            <numerusform>已从损坏的保险库中重新读取 %n 项操作。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n action(s) illisible(s) (n°&#xa0;{numbers}).</source>
        <translation>
            <numerusform>%n 项操作无法读取（编号 {numbers}）。</numerusform>
        </translation>
    </message>
    <message>
        <source>Le coffre abîmé ne dit plus tout ce qui a été fait depuis cette copie.</source>
        <translation>损坏的保险库已无法说明自该副本以来的全部操作。</translation>
    </message>
    <message>
        <source>Ce qui était envoyé revient du centre&#xa0;; le reste est à refaire. Le coffre abîmé est gardé pour le support.</source>
        <translation>已发送的内容会从中心恢复；其余需重新操作。损坏的保险库已保留供支持人员使用。</translation>
    </message>
    <message>
        <source>Rien n’avait été fait depuis.</source>
        <translation>此后没有任何操作。</translation>
    </message>
    <message>
        <source>aujourd’hui {time}</source>
        <translation>今天 {time}</translation>
    </message>
    <message>
        <source>hier {time}</source>
        <translation>昨天 {time}</translation>
    </message>
</context>
<context>
    <name>Courtesy</name>
    <message>
        <source>Édition {year}</source>
        <translation>{year} 版</translation>
    </message>
    <message>
        <source>sous réserve d’emplacement</source>
        <translation>视版位情况而定</translation>
    </message>
    <message>
        <source>en couverture.</source>
        <translation>封面展示。</translation>
    </message>
    <message>
        <source>Sous réserve d’emplacement.</source>
        <translation>视版位情况而定。</translation>
    </message>
    <message>
        <source>Vos fleurs</source>
        <translation>您的鲜花</translation>
    </message>
    <message>
        <source>Vos toits</source>
        <translation>您的屋顶</translation>
    </message>
    <message>
        <source>Vos montures</source>
        <translation>您的镜框</translation>
    </message>
    <message>
        <source>Vos pains</source>
        <translation>您的面包</translation>
    </message>
    <message>
        <source>Votre table</source>
        <translation>您的餐厅</translation>
    </message>
    <message>
        <source>Votre salon</source>
        <translation>您的沙龙</translation>
    </message>
    <message>
        <source>Votre atelier</source>
        <translation>您的工坊</translation>
    </message>
    <message>
        <source>en une fois, le {day}</source>
        <translation>{day} 一次付清</translation>
    </message>
    <message>
        <source>en {count} fois {amount}, à partir du {day}</source>
        <translation>自 {day} 起分 {count} 期，每期 {amount}</translation>
    </message>
    <message>
        <source>en {count} fois, à partir du {day}</source>
        <translation>自 {day} 起分 {count} 期</translation>
    </message>
</context>
<context>
    <name>CourtesyPage</name>
    <message>
        <source>Reprendre la main, avec le code</source>
        <translation>输入密码收回控制</translation>
    </message>
    <message>
        <source>Tourner vers la personne en face</source>
        <translation>转向对面的人</translation>
    </message>
</context>
<context>
    <name>DashboardModel</name>
    <message>
        <source>Sans département</source>
        <translation>无地区</translation>
    </message>
    <message>
        <source>{done} sur {all}</source>
        <translation>{done} / {all}</translation>
    </message>
</context>
<context>
    <name>DashboardPage</name>
    <message>
        <source>Avancement</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Aucun compte.</source>
        <translation>没有客户。</translation>
    </message>
    <message>
        <source>faits</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>à faire</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>Chutes par raison</source>
        <translation>按原因统计的流失</translation>
    </message>
    <message>
        <source>Aucune chute. C’est bon signe.</source>
        <translation>没有流失，好兆头。</translation>
    </message>
    <message>
        <source>Propositions</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Aucune proposition.</source>
        <translation>没有方案。</translation>
    </message>
    <message>
        <source>Signé, HT</source>
        <translation>已签，未税</translation>
    </message>
    <message>
        <source>En jeu, HT</source>
        <translation>在争取，未税</translation>
    </message>
    <message>
        <source>Tableau</source>
        <translation>看板</translation>
    </message>
    <message>
        <source>Édition {year}</source>
        <translation>{year} 版</translation>
    </message>
</context>
<context>
    <name>DateField</name>
    <message>
        <source>Un jour, comme %1</source>
        <translation>日期，例如 %1</translation>
    </message>
    <message>
        <source>Pas avant le %1</source>
        <translation>不早于 %1</translation>
    </message>
</context>
<context>
    <name>DeletionCard</name>
    <message>
        <source>Tout garder</source>
        <translation>全部保留</translation>
    </message>
    <message>
        <source>Effacer</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>DetailLine</name>
    <message>
        <source>Un de moins</source>
        <translation>减一</translation>
    </message>
    <message>
        <source>Un de plus</source>
        <translation>加一</translation>
    </message>
    <message>
        <source>au lieu de {amount}</source>
        <translation>原为 {amount}</translation>
    </message>
</context>
<context>
    <name>DetailScene</name>
    <message>
        <source>Le détail</source>
        <translation>明细</translation>
    </message>
    <message>
        <source>TTC</source>
        <translation>含税</translation>
    </message>
    <message>
        <source>{amount} HT</source>
        <translation>未税 {amount}</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Coordonnées de {number} {range}</source>
        <translation>{number} {range} 的公示信息</translation>
    </message>
    <message>
        <source>Dites ce qui change&#xa0;; le service client le reçoit avec la modification.</source>
        <translation>请说明变更内容；客服将随变更一并收到。</translation>
    </message>
    <message>
        <source>Le nouveau téléphone et le nouveau site</source>
        <translation>新电话和新网站</translation>
    </message>
    <message>
        <source>Ce qui change</source>
        <translation>变更内容</translation>
    </message>
    <message>
        <source>Vide&#xa0;: rien ne change.</source>
        <translation>留空：不变更。</translation>
    </message>
    <message>
        <source>Ne rien changer</source>
        <translation>不做更改</translation>
    </message>
    <message>
        <source>Garder</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>DeviceDialog</name>
    <message>
        <source>Code de récupération</source>
        <translation>恢复代码</translation>
    </message>
    <message>
        <source>Exclure</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Effacer…</source>
        <translation>清除…</translation>
    </message>
    <message>
        <source>Annuler l’effacement</source>
        <translation>取消清除</translation>
    </message>
</context>
<context>
    <name>DevicesModel</name>
    <message>
        <source>en service</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>exclu</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>effacement demandé</source>
        <translation>已要求清除</translation>
    </message>
    <message>
        <source>effacement reçu</source>
        <translation>已收到清除</translation>
    </message>
    <message>
        <source>effacé</source>
        <translation>已清除</translation>
    </message>
    <message>
        <source>Titulaire</source>
        <translation>持有人</translation>
    </message>
    <message>
        <source>Système</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Inscrit</source>
        <translation>注册于</translation>
    </message>
    <message>
        <source>Dernier contact</source>
        <translation>最近联系</translation>
    </message>
    <message>
        <source>Dernier échange</source>
        <translation>最近同步</translation>
    </message>
    <message>
        <source>Changements reçus</source>
        <translation>已收到的更改</translation>
    </message>
    <message>
        <source>Travaille seul jusqu’au</source>
        <translation>可离线至</translation>
    </message>
    <message>
        <source>Clé confiée</source>
        <translation>密钥已托管</translation>
    </message>
    <message>
        <source>oui</source>
        <translation>是</translation>
    </message>
    <message>
        <source>non</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Remplace l’identité</source>
        <translation>替代身份</translation>
    </message>
    <message>
        <source>Travail non parti</source>
        <translation>未发送的工作</translation>
    </message>
    <message>
        <source>gardé scellé au centre</source>
        <translation>已密封保存在中心</translation>
    </message>
    <message>
        <source>{device} n’est plus admis par le centre.</source>
        <translation>中心不再接受 {device}。</translation>
    </message>
    <message>
        <source>{device} s’effacera à son prochain contact.</source>
        <translation>{device} 将在下次联系时清除。</translation>
    </message>
    <message>
        <source>{device} ne sera pas effacé.</source>
        <translation>{device} 不会被清除。</translation>
    </message>
    <message>
        <source>Valable une fois, jusqu’au {moment}.</source>
        <translation>仅可使用一次，有效期至 {moment}。</translation>
    </message>
    <message>
        <source>vu le {moment}</source>
        <translation>最近联系 {moment}</translation>
    </message>
    <message>
        <source>seul jusqu’au {moment}</source>
        <translation>可离线至 {moment}</translation>
    </message>
    <message>
        <source>cet appareil</source>
        <translation>本设备</translation>
    </message>
    <message>
        <source>jamais</source>
        <translation>从未</translation>
    </message>
    <message numerus="yes">
        <source>Enregistré&#xa0;: %n changement(s), lisibles par l’organisation seule.</source>
        <translation>
            <numerusform>已保存 %n 项更改，仅组织可读。</numerusform>
        </translation>
    </message>
    <message>
        <source>Tout est déjà arrivé au centre&#xa0;: rien à enregistrer.</source>
        <translation>所有内容已到达中心，无需保存。</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Aucun appareil ici.</source>
        <translation>此处没有设备。</translation>
    </message>
    <message>
        <source>La liste vient du centre, quand il répond.</source>
        <translation>列表来自中心，连接后显示。</translation>
    </message>
    <message>
        <source>Appareils</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>En service</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Sortis</source>
        <translation>已退出</translation>
    </message>
    <message>
        <source>Tous</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Nouveau code</source>
        <translation>新代码</translation>
    </message>
    <message>
        <source>Enregistrer ce qui n’est pas parti</source>
        <translation>保存未发送的内容</translation>
    </message>
    <message numerus="yes">
        <source>%n appareil(s)</source>
        <translation>
            <numerusform>%n 台设备</numerusform>
        </translation>
    </message>
    <message>
        <source>Code d’inscription</source>
        <translation>注册代码</translation>
    </message>
    <message>
        <source>Code de récupération de {device}</source>
        <translation>{device} 的恢复代码</translation>
    </message>
    <message>
        <source>Mes appareils</source>
        <translation>我的设备</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Fermer</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>DocumentDialog</name>
    <message>
        <source>Ce document ne peut pas être affiché&#xa0;: il est abîmé.</source>
        <translation>无法显示此文件：文件已损坏。</translation>
    </message>
    <message>
        <source>Fermer</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Présenté au client, pas encore signé.</source>
        <translation>已向客户出示，尚未签署。</translation>
    </message>
    <message>
        <source>Signé par {name}, sceau intact. Ce bon n’a pas été retenu&#xa0;: il est gardé comme preuve.</source>
        <translation>由 {name} 签署，封印完好。此订单未受理，作为凭证保存。</translation>
    </message>
    <message>
        <source>Signé par {name}. Le sceau est intact.</source>
        <translation>由 {name} 签署。封印完好。</translation>
    </message>
</context>
<context>
    <name>Dots</name>
    <message>
        <source>Page {page} sur {pages}</source>
        <translation>第 {page} / {pages} 页</translation>
    </message>
</context>
<context>
    <name>EntrancePage</name>
    <message>
        <source>Ouvrir Tournée</source>
        <translation>打开 Tournée</translation>
    </message>
    <message>
        <source>Phrase de passe</source>
        <translation>密码短语</translation>
    </message>
    <message>
        <source>Ouvrir</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Phrase de passe oubliée, ou clé du trousseau perdue</source>
        <translation>忘记密码短语，或密钥环的密钥丢失</translation>
    </message>
    <message>
        <source>Rouvrir cet appareil</source>
        <translation>重新打开此设备</translation>
    </message>
    <message>
        <source>Rien n’est perdu. Demandez un code de récupération à votre responsable&#xa0;: l’organisation garde une copie de la clé, et rend à cet appareil tout ce qu’il contient.</source>
        <translation>没有任何内容丢失。请向负责人索取恢复代码：组织保存着密钥副本，可让此设备恢复全部内容。</translation>
    </message>
    <message>
        <source>Code de récupération</source>
        <translation>恢复代码</translation>
    </message>
    <message>
        <source>Nouvelle phrase de passe</source>
        <translation>新密码短语</translation>
    </message>
    <message>
        <source>Rouvrir</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Inscrire cet appareil</source>
        <translation>登记此设备</translation>
    </message>
    <message>
        <source>Votre responsable vous a remis l’adresse du centre et un code valable une fois.</source>
        <translation>您的主管已提供中心地址和一次性代码。</translation>
    </message>
    <message>
        <source>Adresse du centre</source>
        <translation>中心地址</translation>
    </message>
    <message>
        <source>Enregistrer</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Remise en place…</source>
        <translation>正在恢复…</translation>
    </message>
    <message>
        <source>Enregistrer ce qui n’est pas parti</source>
        <translation>保存未发送的内容</translation>
    </message>
    <message>
        <source>Enregistrement…</source>
        <translation>正在保存…</translation>
    </message>
    <message numerus="yes">
        <source>Enregistré&#xa0;: %n changement(s), que votre responsable seul peut lire.</source>
        <translation>
            <numerusform>已保存 %n 项更改，仅负责人可读。</numerusform>
        </translation>
    </message>
    <message>
        <source>Identifiant</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Mot de passe</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Code d’inscription</source>
        <translation>登记代码</translation>
    </message>
    <message>
        <source>Phrase de passe de cet appareil</source>
        <translation>此设备的密码短语</translation>
    </message>
    <message>
        <source>La même, encore une fois</source>
        <translation>再次输入</translation>
    </message>
    <message>
        <source>Elle ouvre l’appareil chaque matin. Le centre ne la connaît pas&#xa0;: retenez-la.</source>
        <translation>每天早上用它打开设备。中心不知道它：请牢记。</translation>
    </message>
    <message>
        <source>Inscrire</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Ouverture…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>Les deux phrases ne sont pas les mêmes.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>Inscription…</source>
        <translation>正在登记…</translation>
    </message>
</context>
<context>
    <name>FieldWords</name>
    <message>
        <source>vide</source>
        <translation>空</translation>
    </message>
    <message>
        <source>oui</source>
        <translation>是</translation>
    </message>
    <message>
        <source>non</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>FigureField</name>
    <message>
        <source>Pas moins de %1</source>
        <translation>不少于 %1</translation>
    </message>
    <message>
        <source>Pas plus de %1</source>
        <translation>不多于 %1</translation>
    </message>
    <message>
        <source>Des chiffres, une virgule ou un point</source>
        <translation>数字、逗号或小数点</translation>
    </message>
    <message>
        <source>Une seule virgule, comme 1&#xa0;234,56</source>
        <translation>只能有一个小数点，例如 1,234.56</translation>
    </message>
    <message>
        <source>Deux décimales au plus</source>
        <translation>最多两位小数</translation>
    </message>
    <message>
        <source>Trop grand</source>
        <translation>过大</translation>
    </message>
</context>
<context>
    <name>FirstPullCard</name>
    <message>
        <source>Mettre en pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Ce qui est là reste&#xa0;; la suite reprendra au même endroit.</source>
        <translation>已有的内容保留；其余将从同一处继续。</translation>
    </message>
    <message>
        <source>Reprendre</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Vous pouvez déjà travailler avec ce qui est arrivé.</source>
        <translation>已到达的内容即可使用。</translation>
    </message>
</context>
<context>
    <name>FormDialog</name>
    <message>
        <source>Plus tard</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Garder</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Un instant…</source>
        <translation>请稍候…</translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>Appareils</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Aujourd’hui</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Comptes</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Propositions</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Commandes</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>客服</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Tableau</source>
        <translation>看板</translation>
    </message>
    <message>
        <source>Synchro</source>
        <translation>同步</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Retour</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>Initials</name>
    <message>
        <source>Réglages de {name}</source>
        <translation>{name} 的设置</translation>
    </message>
    <message>
        <source>Réglages</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>InstalmentRow</name>
    <message>
        <source>JJ/MM/AAAA</source>
        <translation>YYYY-MM-DD</translation>
    </message>
    <message>
        <source>Retirer l’échéance {number}</source>
        <translation>移除第 {number} 期</translation>
    </message>
    <message>
        <source>{ordinal} échéance</source>
        <translation>{ordinal} 期</translation>
    </message>
    <message>
        <source>Montant TTC</source>
        <translation>含税金额</translation>
    </message>
    <message>
        <source>Quel jour&#xa0;?</source>
        <translation>哪一天？</translation>
    </message>
    <message>
        <source>Ce jour est passé</source>
        <translation>该日期已过</translation>
    </message>
    <message>
        <source>Pas ouvré&#xa0;; le suivant est {day}</source>
        <translation>非工作日；下一个工作日是 {day}</translation>
    </message>
    <message>
        <source>Au-dessus de zéro</source>
        <translation>须大于零</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Pavé de chiffres</source>
        <translation>数字键盘</translation>
    </message>
    <message>
        <source>Effacer le dernier chiffre</source>
        <translation>删除最后一位</translation>
    </message>
    <message>
        <source>Changer le signe</source>
        <translation>变号</translation>
    </message>
    <message>
        <source>Tout effacer</source>
        <translation>全部清除</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Virgule</source>
        <translation>小数点</translation>
    </message>
</context>
<context>
    <name>LineDialog</name>
    <message>
        <source>Quantité</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Votre limite&#xa0;: {limit}</source>
        <translation>您的上限：{limit}</translation>
    </message>
    <message>
        <source>Remise</source>
        <translation>折扣</translation>
    </message>
    <message>
        <source>HT</source>
        <translation>未税</translation>
    </message>
    <message>
        <source>Emplacement…</source>
        <translation>版位…</translation>
    </message>
    <message>
        <source>Remplacer le produit…</source>
        <translation>更换产品…</translation>
    </message>
    <message>
        <source>Annuler la ligne…</source>
        <translation>取消此行…</translation>
    </message>
    <message>
        <source>Garder</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>LoadDialog</name>
    <message>
        <source>Aucun rendez-vous dans les {days} jours. Ses commandes, son plan et tous ses documents resteront sur cet appareil jusqu’au {until}.</source>
        <translation>{days} 天内没有预约。其订单、计划和所有文件将保留在此设备上，直到 {until}。</translation>
    </message>
    <message>
        <source>Charger {account} pour la visite&#xa0;?</source>
        <translation>为拜访加载 {account}？</translation>
    </message>
    <message>
        <source>Ne pas charger</source>
        <translation>不加载</translation>
    </message>
    <message>
        <source>Charger</source>
        <translation>加载</translation>
    </message>
</context>
<context>
    <name>LoadModel</name>
    <message>
        <source>Déchargé dès que tout est envoyé</source>
        <translation>全部发送后卸载</translation>
    </message>
    <message>
        <source>Se charge à la prochaine connexion</source>
        <translation>下次联网时加载</translation>
    </message>
    <message numerus="yes">
        <source>Chargé jusqu’au {day}, %n fichier(s) à venir</source>
        <translation>
            <numerusform>已加载至 {day}，还有 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Chargé jusqu’au {day}</source>
        <translation>已加载至 {day}</translation>
    </message>
    <message>
        <source>Le compte se charge.</source>
        <translation>正在加载该客户。</translation>
    </message>
    <message>
        <source>Le compte se charge à la prochaine connexion.</source>
        <translation>该客户将在下次联网时加载。</translation>
    </message>
    <message>
        <source>Le compte est déchargé dès que votre travail est envoyé.</source>
        <translation>您的工作发送后即卸载该客户。</translation>
    </message>
    <message>
        <source>Le compte est déchargé.</source>
        <translation>该客户已卸载。</translation>
    </message>
</context>
<context>
    <name>LossDialog</name>
    <message>
        <source>{amount} HT par édition, en date du {day}</source>
        <translation>每版未税 {amount}，日期 {day}</translation>
    </message>
    <message>
        <source>Pourquoi, selon le client</source>
        <translation>客户所述原因</translation>
    </message>
    <message>
        <source>Oui, {account} ne renouvelle rien</source>
        <translation>是的，{account} 不再续订</translation>
    </message>
    <message>
        <source>Ne rien changer</source>
        <translation>不做更改</translation>
    </message>
    <message>
        <source>possible dès qu’une raison est choisie</source>
        <translation>选择原因后可用</translation>
    </message>
    <message>
        <source>possible dès que c’est coché</source>
        <translation>勾选后可用</translation>
    </message>
    <message>
        <source>Plus rien ne reste</source>
        <translation>不再保留任何内容</translation>
    </message>
    <message>
        <source>Abandonner {number} {range}</source>
        <translation>放弃 {number} {range}</translation>
    </message>
    <message>
        <source>Annuler «&#xa0;{product}&#xa0;»</source>
        <translation>取消“{product}”</translation>
    </message>
    <message>
        <source>C’est tout ce que {account} avait encore.</source>
        <translation>这是 {account} 仅剩的内容。</translation>
    </message>
    <message>
        <source>La proposition et ses simulations se ferment, rien ne part en production.</source>
        <translation>方案及其模拟方案将关闭，不会投入生产。</translation>
    </message>
    <message>
        <source>La chute peut être révoquée tant que le centre n’a rien fait.</source>
        <translation>在中心处理之前可以撤销流失。</translation>
    </message>
    <message>
        <source>La gamme sort de la proposition, le bon n’en garde aucune trace et la chute est notée.</source>
        <translation>该系列移出方案，订购单上不留痕迹，并记录流失。</translation>
    </message>
    <message>
        <source>C’est la dernière ligne de {number}.</source>
        <translation>这是 {number} 的最后一行。</translation>
    </message>
    <message>
        <source>La ligne n’était qu’ajoutée ici&#xa0;: elle est barrée, et ce n’est pas une chute.</source>
        <translation>该行只是在此新增：将被划去，不算流失。</translation>
    </message>
    <message>
        <source>La ligne est barrée dans {number}, le reste de la gamme continue.</source>
        <translation>该行在 {number} 中划去，系列其余部分继续。</translation>
    </message>
    <message>
        <source>La commande le dira à la production.</source>
        <translation>订单会通知生产部门。</translation>
    </message>
    <message>
        <source>Noter la chute totale</source>
        <translation>记录全部流失</translation>
    </message>
    <message>
        <source>Abandonner {number}</source>
        <translation>放弃 {number}</translation>
    </message>
    <message>
        <source>Annuler la ligne</source>
        <translation>取消此行</translation>
    </message>
</context>
<context>
    <name>NextVisitCard</name>
    <message>
        <source>Préparer la visite</source>
        <translation>准备拜访</translation>
    </message>
    <message>
        <source>Itinéraire</source>
        <translation>路线</translation>
    </message>
    <message>
        <source>prochaine visite</source>
        <translation>下一次拜访</translation>
    </message>
    <message>
        <source>{activity} à {city}</source>
        <translation>{city} · {activity}</translation>
    </message>
    <message>
        <source>En jeu</source>
        <translation>在争取</translation>
    </message>
    <message>
        <source>À renouveler avant</source>
        <translation>续订截止</translation>
    </message>
    <message numerus="yes">
        <source>%n prête(s)</source>
        <translation>
            <numerusform>%n 个就绪</numerusform>
        </translation>
    </message>
    <message>
        <source>à préparer</source>
        <translation>待准备</translation>
    </message>
    <message>
        <source>Propositions</source>
        <translation>方案</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Détail</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Copier le détail</source>
        <translation>复制详情</translation>
    </message>
</context>
<context>
    <name>NoticeArea</name>
    <message>
        <source>Ranger cet avis</source>
        <translation>收起此通知</translation>
    </message>
</context>
<context>
    <name>NoveltyScene</name>
    <message>
        <source>TTC pour l’ensemble</source>
        <translation>全部含税</translation>
    </message>
</context>
<context>
    <name>NumbersDialog</name>
    <message>
        <source>Numéros de {account}</source>
        <translation>{account} 的编号</translation>
    </message>
    <message>
        <source>Ils figurent sur le bon de commande&#xa0;; leur clé est vérifiée à mesure.</source>
        <translation>它们会出现在订购单上；输入时即时校验。</translation>
    </message>
    <message>
        <source>14 chiffres</source>
        <translation>14 位数字</translation>
    </message>
    <message>
        <source>FR et 11 chiffres</source>
        <translation>FR 加 11 位数字</translation>
    </message>
    <message>
        <source>FR76…</source>
        <translation>FR76…</translation>
    </message>
    <message>
        <source>SIRET</source>
        <translation>SIRET</translation>
    </message>
    <message>
        <source>N° de TVA</source>
        <translation>增值税号</translation>
    </message>
    <message>
        <source>IBAN</source>
        <translation>IBAN</translation>
    </message>
    <message>
        <source>Plus tard</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Garder</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>La clé ne tombe pas juste</source>
        <translation>校验码不符</translation>
    </message>
    <message>
        <source>Clé vérifiée</source>
        <translation>校验通过</translation>
    </message>
</context>
<context>
    <name>OrdersModel</name>
    <message>
        <source>{number} · édition {year} · signée le {day}</source>
        <translation>{number} · {year} 版 · {day} 签署</translation>
    </message>
</context>
<context>
    <name>OrdersPage</name>
    <message>
        <source>Aucune commande.</source>
        <translation>没有订单。</translation>
    </message>
    <message>
        <source>Ce que vos clients ont signé se lira ici.</source>
        <translation>客户签署的订单会显示在此。</translation>
    </message>
    <message>
        <source>Voir les propositions</source>
        <translation>查看方案</translation>
    </message>
    <message>
        <source>Commandes</source>
        <translation>订单</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Chercher, commander</source>
        <translation>搜索、命令</translation>
    </message>
    <message>
        <source>Chercher ou commander</source>
        <translation>搜索或命令</translation>
    </message>
    <message>
        <source>Chercher, commander…</source>
        <translation>搜索、命令…</translation>
    </message>
    <message numerus="yes">
        <source>%n réponse(s)</source>
        <translation>
            <numerusform>%n 个结果</numerusform>
        </translation>
    </message>
    <message>
        <source>{answers} · sans réseau</source>
        <translation>{answers} · 离线</translation>
    </message>
    <message>
        <source>Rien pour «&#xa0;{text}&#xa0;». Essayez un nom, une ville ou un numéro.</source>
        <translation>没有“{text}”的结果。请尝试名称、城市或编号。</translation>
    </message>
</context>
<context>
    <name>PaletteModel</name>
    <message>
        <source>Préparer la visite</source>
        <translation>准备拜访</translation>
    </message>
    <message>
        <source>Commencer la visite</source>
        <translation>开始拜访</translation>
    </message>
    <message>
        <source>Ctrl {key}</source>
        <translation>Ctrl {key}</translation>
    </message>
    <message>
        <source>Commande {number}</source>
        <translation>订单 {number}</translation>
    </message>
    <message>
        <source>Faire</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Ouvrir</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>PdfView</name>
    <message>
        <source>Document</source>
        <translation>文件</translation>
    </message>
</context>
<context>
    <name>PersonDialog</name>
    <message>
        <source>Il inscrit un appareil, une fois, dans la journée.</source>
        <translation>可在一天内注册一台设备，仅限一次。</translation>
    </message>
    <message>
        <source>Nouveau code d’inscription</source>
        <translation>新注册代码</translation>
    </message>
    <message>
        <source>Personnes</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Fermer</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>PersonRow</name>
    <message>
        <source>Modifier {name}</source>
        <translation>修改 {name}</translation>
    </message>
    <message>
        <source>Appeler {name}</source>
        <translation>呼叫 {name}</translation>
    </message>
</context>
<context>
    <name>PinDialog</name>
    <message>
        <source>Revenir au travail</source>
        <translation>返回工作</translation>
    </message>
    <message>
        <source>Rester devant le client</source>
        <translation>继续展示给客户</translation>
    </message>
    <message>
        <source>Effacer un chiffre</source>
        <translation>删除一位</translation>
    </message>
    <message>
        <source>Les deux n’étaient pas les mêmes. Choisissez à nouveau.</source>
        <translation>两次不一致，请重新选择。</translation>
    </message>
    <message>
        <source>Ce n’est pas le bon code. Réessayez dans {seconds} s.</source>
        <translation>密码错误，请在 {seconds} 秒后重试。</translation>
    </message>
    <message>
        <source>Ce n’est pas le bon code.</source>
        <translation>密码错误。</translation>
    </message>
    <message>
        <source>Votre code</source>
        <translation>您的密码</translation>
    </message>
    <message>
        <source>Base école&#xa0;: le code est {pin}.</source>
        <translation>练习库：密码为 {pin}。</translation>
    </message>
    <message>
        <source>Le client reste devant son écran tant qu’il n’est pas donné.</source>
        <translation>输入之前，屏幕仍停留在客户界面。</translation>
    </message>
    <message>
        <source>Choisissez un code</source>
        <translation>请选择密码</translation>
    </message>
    <message>
        <source>Quatre à huit chiffres, pour reprendre la main devant un client.</source>
        <translation>四至八位数字，用于在客户面前收回控制。</translation>
    </message>
    <message>
        <source>Encore une fois</source>
        <translation>再次输入</translation>
    </message>
    <message>
        <source>Le même code, pour être sûr de le retrouver.</source>
        <translation>再次输入相同的密码以确认。</translation>
    </message>
</context>
<context>
    <name>PlaceDialog</name>
    <message>
        <source>Emplacement de {product}</source>
        <translation>{product} 的版位</translation>
    </message>
    <message>
        <source>Rubrique, zone, période</source>
        <translation>类目、地区、期间</translation>
    </message>
    <message>
        <source>Emplacements</source>
        <translation>版位</translation>
    </message>
    <message>
        <source>Pour une autre rubrique, zone ou période, revenez d’abord en brouillon.</source>
        <translation>如需其他类目、地区或期间，请先退回草稿。</translation>
    </message>
    <message>
        <source>Libérer l’emplacement</source>
        <translation>释放版位</translation>
    </message>
    <message>
        <source>Demander</source>
        <translation>申请</translation>
    </message>
    <message>
        <source>Obtenu&#xa0;: {place}.</source>
        <translation>已获批：{place}。</translation>
    </message>
    <message>
        <source>Obtenu jusqu’au {day}&#xa0;: {place}. Après, il redevient libre.</source>
        <translation>已获批至 {day}：{place}。逾期将重新开放。</translation>
    </message>
    <message>
        <source>Demandé&#xa0;: {place}. Le centre répond au prochain échange, au premier qui demande.</source>
        <translation>已申请：{place}。中心将在下次同步时答复，先申请者得。</translation>
    </message>
    <message>
        <source>Le délai est passé&#xa0;: redemandez l’emplacement s’il est libre, ou prenez-en un autre.</source>
        <translation>期限已过：该版位若空余可重新申请，否则请另选。</translation>
    </message>
    <message>
        <source>L’emplacement demandé est refusé&#xa0;: prenez-en un autre, ou retirez la ligne.</source>
        <translation>申请的版位被拒绝：请另选版位，或删除该行。</translation>
    </message>
    <message>
        <source>Le centre l’accorde au premier qui le demande&#xa0;; sans lui, la commande attend.</source>
        <translation>中心批给先申请者；没有版位，订单只能等待。</translation>
    </message>
    <message>
        <source>le vôtre</source>
        <translation>您的</translation>
    </message>
    <message>
        <source>demandé</source>
        <translation>已申请</translation>
    </message>
    <message>
        <source>libre</source>
        <translation>空余</translation>
    </message>
    <message>
        <source>pris</source>
        <translation>已占用</translation>
    </message>
    <message>
        <source>échu</source>
        <translation>已逾期</translation>
    </message>
    <message>
        <source>{when} · là où est la ligne</source>
        <translation>{when} · 该行所在处</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>Toutes rubriques, partout</source>
        <translation>所有类目、所有地区</translation>
    </message>
    <message>
        <source>édition {year}</source>
        <translation>{year} 版</translation>
    </message>
    <message>
        <source>n°&#xa0;{number}</source>
        <translation>{number} 号</translation>
    </message>
    <message>
        <source>Libres&#xa0;: {free} sur {total}</source>
        <translation>空余：{free} / {total}</translation>
    </message>
    <message>
        <source>Emplacement à demander</source>
        <translation>版位待申请</translation>
    </message>
    <message>
        <source>À demander</source>
        <translation>待申请</translation>
    </message>
    <message>
        <source>Emplacement demandé</source>
        <translation>版位已申请</translation>
    </message>
    <message>
        <source>Demandé</source>
        <translation>已申请</translation>
    </message>
    <message>
        <source>Emplacement refusé</source>
        <translation>版位被拒绝</translation>
    </message>
    <message>
        <source>Refusé</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Emplacement échu</source>
        <translation>版位已逾期</translation>
    </message>
    <message>
        <source>Échu</source>
        <translation>已逾期</translation>
    </message>
    <message>
        <source>Emplacement obtenu</source>
        <translation>版位已获批</translation>
    </message>
    <message>
        <source>Obtenu</source>
        <translation>已获批</translation>
    </message>
    <message>
        <source>Obtenu jusqu’au {day}</source>
        <translation>已获批至 {day}</translation>
    </message>
    <message>
        <source>Jusqu’au {day}</source>
        <translation>至 {day}</translation>
    </message>
    <message>
        <source>Emplacement demandé. Le centre répond au prochain échange.</source>
        <translation>已申请版位。中心将在下次同步时答复。</translation>
    </message>
    <message>
        <source>Emplacement libéré.</source>
        <translation>版位已释放。</translation>
    </message>
</context>
<context>
    <name>PlanBlock</name>
    <message>
        <source>Choisir comment c’est payé</source>
        <translation>选择付款方式</translation>
    </message>
    <message>
        <source>Règlement</source>
        <translation>付款</translation>
    </message>
    <message>
        <source>Règlement {plan}</source>
        <translation>付款 {plan}</translation>
    </message>
    <message>
        <source>Rien à payer, pas de règlement.</source>
        <translation>无需付款。</translation>
    </message>
    <message>
        <source>Aucune échéance pour l’instant.</source>
        <translation>暂无分期。</translation>
    </message>
    <message>
        <source>À la main…</source>
        <translation>手动…</translation>
    </message>
    <message>
        <source>Sans plan de règlement</source>
        <translation>无付款计划</translation>
    </message>
</context>
<context>
    <name>PlanDialog</name>
    <message>
        <source>Règlement de «&#xa0;{proposal}&#xa0;»</source>
        <translation>“{proposal}”的付款</translation>
    </message>
    <message>
        <source>{amount} TTC à répartir, à des jours ouvrés.</source>
        <translation>含税 {amount}，分配到工作日。</translation>
    </message>
    <message>
        <source>Ajouter une échéance</source>
        <translation>添加一期</translation>
    </message>
    <message>
        <source>Mettre l’écart sur la première</source>
        <translation>差额计入第一期</translation>
    </message>
    <message>
        <source>Ne rien changer</source>
        <translation>不做更改</translation>
    </message>
    <message>
        <source>Garder</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>{planned}, le compte y est</source>
        <translation>{planned}，金额一致</translation>
    </message>
    <message>
        <source>{planned}, il manque {missing}</source>
        <translation>{planned}，缺 {missing}</translation>
    </message>
    <message>
        <source>{planned}, {over} de trop</source>
        <translation>{planned}，多 {over}</translation>
    </message>
    <message>
        <source>possible dès que chaque ligne est juste</source>
        <translation>每行正确后可用</translation>
    </message>
    <message>
        <source>La proposition dira l’écart tant qu’il reste.</source>
        <translation>只要差额存在，方案会一直提示。</translation>
    </message>
</context>
<context>
    <name>PlanScene</name>
    <message>
        <source>TTC pour l’ensemble</source>
        <translation>全部含税</translation>
    </message>
    <message>
        <source>Rien à payer</source>
        <translation>无需付款</translation>
    </message>
    <message>
        <source>En une fois</source>
        <translation>一次付清</translation>
    </message>
    <message>
        <source>Le {day}.</source>
        <translation>{day}。</translation>
    </message>
    <message>
        <source>En {count} fois</source>
        <translation>分 {count} 期</translation>
    </message>
    <message>
        <source>{times} {amount}</source>
        <translation>{times} {amount}</translation>
    </message>
    <message>
        <source>À partir du {day}.</source>
        <translation>自 {day} 起。</translation>
    </message>
</context>
<context>
    <name>PlanTab</name>
    <message>
        <source>Rien n’a encore paru.</source>
        <translation>尚未刊登。</translation>
    </message>
    <message>
        <source>Ce qui sera commandé se lira ici, par édition.</source>
        <translation>订购内容会按版显示在此。</translation>
    </message>
</context>
<context>
    <name>PointList</name>
    <message>
        <source>À régler avant de signer</source>
        <translation>签署前须处理</translation>
    </message>
    <message>
        <source>Revenir en brouillon</source>
        <translation>恢复为草稿</translation>
    </message>
    <message>
        <source>Rien à régler</source>
        <translation>无需处理</translation>
    </message>
    <message>
        <source>prête</source>
        <translation>就绪</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Points</name>
    <message>
        <source>Elles ne peuvent pas figurer sur ce bon.</source>
        <translation>它们不能出现在此订购单上。</translation>
    </message>
    <message>
        <source>{numbers} sont rangées</source>
        <translation>{numbers} 已处理</translation>
    </message>
    <message>
        <source>{number} est rangée</source>
        <translation>{number} 已处理</translation>
    </message>
    <message>
        <source>le règlement tombe juste</source>
        <translation>付款计划金额一致</translation>
    </message>
    <message>
        <source>la remise est dans votre limite</source>
        <translation>折扣在您的上限内</translation>
    </message>
    <message>
        <source>le tarif est du jour</source>
        <translation>价目有效</translation>
    </message>
    <message>
        <source>l’emplacement est accordé</source>
        <translation>版位获批</translation>
    </message>
    <message>
        <source>Voir les emplacements</source>
        <translation>查看版位</translation>
    </message>
    <message>
        <source>le contact est complet</source>
        <translation>联系人信息完整</translation>
    </message>
    <message>
        <source>la fiche est juste</source>
        <translation>客户资料正确</translation>
    </message>
</context>
<context>
    <name>PreparationTab</name>
    <message>
        <source>Qui</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Personne n’est encore noté.</source>
        <translation>尚无联系人。</translation>
    </message>
    <message numerus="yes">
        <source>Il manque %n renseignement(s)</source>
        <translation>
            <numerusform>缺少 %n 项信息</numerusform>
        </translation>
    </message>
    <message>
        <source>Saisir</source>
        <translation>填写</translation>
    </message>
    <message>
        <source>{given} réponses clés sur {all}</source>
        <translation>关键回答 {given} / {all}</translation>
    </message>
    <message>
        <source>Découverte</source>
        <translation>了解客户</translation>
    </message>
    <message>
        <source>Rien n’est encore noté de son métier.</source>
        <translation>尚未记录其业务。</translation>
    </message>
    <message>
        <source>«&#xa0;{words}&#xa0;»</source>
        <translation>“{words}”</translation>
    </message>
    <message>
        <source>Plan de parution</source>
        <translation>刊登计划</translation>
    </message>
    <message>
        <source>Rien n’a encore paru.</source>
        <translation>尚未刊登。</translation>
    </message>
    <message>
        <source>Derniers bons de commande</source>
        <translation>最近的订购单</translation>
    </message>
    <message>
        <source>Aucune commande.</source>
        <translation>没有订单。</translation>
    </message>
    <message>
        <source>Opportunités</source>
        <translation>商机</translation>
    </message>
    <message>
        <source>{done} sur {all}</source>
        <translation>{done} / {all}</translation>
    </message>
    <message>
        <source>Avant de partir</source>
        <translation>出发之前</translation>
    </message>
    <message>
        <source>Rien de particulier à préparer.</source>
        <translation>无需特别准备。</translation>
    </message>
    <message>
        <source>Ce qui s’est passé</source>
        <translation>过往记录</translation>
    </message>
    <message>
        <source>Rien encore.</source>
        <translation>暂无。</translation>
    </message>
</context>
<context>
    <name>PreviewCard</name>
    <message>
        <source>Préparer</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>Appeler</source>
        <translation>呼叫</translation>
    </message>
    <message>
        <source>Écrire un e-mail</source>
        <translation>写邮件</translation>
    </message>
    <message>
        <source>Voir sur la carte</source>
        <translation>在地图上查看</translation>
    </message>
    <message>
        <source>Reste à faire</source>
        <translation>待办事项</translation>
    </message>
</context>
<context>
    <name>PreviewModel</name>
    <message>
        <source>Édition {year} en jeu</source>
        <translation>{year} 版，在争取</translation>
    </message>
    <message>
        <source>Édition {year} en cours</source>
        <translation>{year} 版，进行中</translation>
    </message>
    <message>
        <source>{amount} en {year} · {change}</source>
        <translation>{year} 年 {amount} · {change}</translation>
    </message>
    <message>
        <source>Compléter&#xa0;: {what}</source>
        <translation>请补全：{what}</translation>
    </message>
</context>
<context>
    <name>ProductCard</name>
    <message>
        <source>Emplacements</source>
        <translation>版位</translation>
    </message>
    <message>
        <source>Édition {year}, la pièce</source>
        <translation>{year} 版，单价</translation>
    </message>
    <message>
        <source>HT · {vat}</source>
        <translation>未税 · {vat}</translation>
    </message>
</context>
<context>
    <name>ProductSearch</name>
    <message>
        <source>Produits trouvés</source>
        <translation>找到的产品</translation>
    </message>
    <message>
        <source>prix {edition}, HT</source>
        <translation>{edition} 价，未税</translation>
    </message>
    <message>
        <source>Rien pour «&#xa0;{text}&#xa0;». Essayez une rubrique ou une gamme.</source>
        <translation>没有“{text}”的结果。请尝试类别或系列。</translation>
    </message>
    <message>
        <source>favori</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>récent</source>
        <translation>最近</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>Arrêter</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Arrêt…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>ProposalActions</name>
    <message>
        <source>Emplacement…</source>
        <translation>版位…</translation>
    </message>
    <message>
        <source>Reprendre la ligne</source>
        <translation>恢复此行</translation>
    </message>
    <message>
        <source>Quantité et remise…</source>
        <translation>数量和折扣…</translation>
    </message>
    <message>
        <source>Remplacer le produit…</source>
        <translation>更换产品…</translation>
    </message>
    <message>
        <source>Retirer la ligne</source>
        <translation>移除此行</translation>
    </message>
    <message>
        <source>Annuler la ligne…</source>
        <translation>取消此行…</translation>
    </message>
    <message>
        <source>Modifier la commande en cours (MO)</source>
        <translation>变更进行中的订单</translation>
    </message>
    <message>
        <source>Revenir à la reconduction</source>
        <translation>恢复为续订</translation>
    </message>
    <message>
        <source>Coordonnées changées…</source>
        <translation>公示信息变更…</translation>
    </message>
    <message>
        <source>Ajouter un produit à {number}…</source>
        <translation>向 {number} 添加产品…</translation>
    </message>
    <message>
        <source>Abandonner {number} {range}…</source>
        <translation>放弃 {number} {range}…</translation>
    </message>
    <message>
        <source>Remplacer par&#xa0;: produit de {range}…</source>
        <translation>替换为：{range} 的产品…</translation>
    </message>
    <message>
        <source>Ajouter un produit&#xa0;: nom, rubrique, favori…</source>
        <translation>添加产品：名称、类别、收藏…</translation>
    </message>
    <message>
        <source>Chute totale notée, les propositions sont closes.</source>
        <translation>已记录全部流失，方案已关闭。</translation>
    </message>
    <message>
        <source>{number} {range} est abandonnée.</source>
        <translation>已放弃 {number} {range}。</translation>
    </message>
    <message>
        <source>«&#xa0;{product}&#xa0;» est annulé.</source>
        <translation>“{product}”已取消。</translation>
    </message>
    <message>
        <source>{numbers} est rangée. Total inchangé&#xa0;: {total} HT.</source>
        <translation>{numbers} 已处理。总额不变：未税 {total}。</translation>
    </message>
    <message>
        <source>{numbers} sont rangées. Total inchangé&#xa0;: {total} HT.</source>
        <translation>{numbers} 已处理。总额不变：未税 {total}。</translation>
    </message>
</context>
<context>
    <name>ProposalModel</name>
    <message>
        <source>Chargement de la proposition</source>
        <translation>正在加载方案</translation>
    </message>
    <message>
        <source>proposition</source>
        <translation>方案</translation>
    </message>
</context>
<context>
    <name>ProposalPage</name>
    <message>
        <source>Ajouter un produit&#xa0;: nom, rubrique, favori…</source>
        <translation>添加产品：名称、类别、收藏…</translation>
    </message>
    <message>
        <source>Ctrl L</source>
        <translation>Ctrl L</translation>
    </message>
    <message>
        <source>Pas encore de proposition</source>
        <translation>尚无方案</translation>
    </message>
    <message>
        <source>La reconduction se prépare en un geste.</source>
        <translation>一步即可准备续订。</translation>
    </message>
    <message>
        <source>Préparer la reconduction</source>
        <translation>准备续订</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Ctrl+L</translation>
    </message>
    <message>
        <source>Propositions</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Proposition, édition {edition}</source>
        <translation>方案，{edition} 版</translation>
    </message>
    <message>
        <source>{subtitle} · {status}</source>
        <translation>{subtitle} · {status}</translation>
    </message>
    <message>
        <source>Présenter au client</source>
        <translation>展示给客户</translation>
    </message>
    <message>
        <source>Comparer les simulations</source>
        <translation>比较模拟方案</translation>
    </message>
    <message>
        <source>Dupliquer en simulation</source>
        <translation>复制为模拟方案</translation>
    </message>
    <message>
        <source>Ajouter un produit</source>
        <translation>添加产品</translation>
    </message>
    <message>
        <source>Renommer la proposition</source>
        <translation>重命名方案</translation>
    </message>
    <message>
        <source>Noter la chute totale du compte</source>
        <translation>记录客户全部流失</translation>
    </message>
</context>
<context>
    <name>ProposalPanel</name>
    <message>
        <source>Revenir en brouillon</source>
        <translation>恢复为草稿</translation>
    </message>
    <message>
        <source>Le bon {number}, signé, n’a pas été retenu. Gardé comme preuve&#xa0;; un autre est à signer.</source>
        <translation>已签署的订单 {number} 未受理，已作为凭证保存；需签署新订单。</translation>
    </message>
    <message>
        <source>Valider les prix</source>
        <translation>确认价格</translation>
    </message>
    <message>
        <source>Commander</source>
        <translation>下单</translation>
    </message>
    <message>
        <source>Signer</source>
        <translation>签署</translation>
    </message>
    <message>
        <source>Voir le bon signé</source>
        <translation>查看已签订购单</translation>
    </message>
    <message>
        <source>possible dès qu’un produit est ajouté</source>
        <translation>添加产品后可用</translation>
    </message>
    <message>
        <source>possible dès que {points}</source>
        <translation>当{points}后可用</translation>
    </message>
    <message>
        <source>Les prix ne bougeront plus.</source>
        <translation>价格将不再变动。</translation>
    </message>
</context>
<context>
    <name>ProposalRows</name>
    <message>
        <source>Produit</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Qté</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Remise</source>
        <translation>折扣</translation>
    </message>
    <message>
        <source>HT {edition}</source>
        <translation>{edition} 未税</translation>
    </message>
</context>
<context>
    <name>ProposalTabs</name>
    <message>
        <source>Dupliquer en simulation</source>
        <translation>复制为模拟方案</translation>
    </message>
    <message>
        <source>Annuler</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Rétablir</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Comparer</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Présenter</source>
        <translation>展示</translation>
    </message>
    <message>
        <source>Un nom qui parle au client</source>
        <translation>便于客户理解的名称</translation>
    </message>
    <message>
        <source>Nom de la proposition</source>
        <translation>方案名称</translation>
    </message>
</context>
<context>
    <name>ProposalTree</name>
    <message>
        <source>Sous-commandes et lignes</source>
        <translation>子订单与明细行</translation>
    </message>
    <message>
        <source>Ce qu’on peut faire de cette ligne</source>
        <translation>可对此行执行的操作</translation>
    </message>
</context>
<context>
    <name>ProposalWords</name>
    <message>
        <source>ajouté</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>annulé</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>modifié</source>
        <translation>已修改</translation>
    </message>
    <message>
        <source>changé</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>inchangé</source>
        <translation>未变</translation>
    </message>
    <message>
        <source>reconduit</source>
        <translation>续订</translation>
    </message>
    <message>
        <source>au lieu de {product}</source>
        <translation>原为 {product}</translation>
    </message>
    <message>
        <source>au lieu de {amount}</source>
        <translation>原为 {amount}</translation>
    </message>
    <message>
        <source>{amount} en {year}</source>
        <translation>{year} 年 {amount}</translation>
    </message>
    <message>
        <source>MO {number}-{amendment}</source>
        <translation>变更 {number}-{amendment}</translation>
    </message>
    <message>
        <source>coordonnées seulement</source>
        <translation>仅公示信息</translation>
    </message>
    <message>
        <source>coordonnées changées</source>
        <translation>公示信息变更</translation>
    </message>
    <message>
        <source>abandonnée</source>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>négative</source>
        <translation>负数</translation>
    </message>
    <message>
        <source>rien ne change</source>
        <translation>无变更</translation>
    </message>
    <message>
        <source>sans plan</source>
        <translation>无计划</translation>
    </message>
    <message>
        <source>à la main</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>comptant</source>
        <translation>一次付清</translation>
    </message>
    <message>
        <source>en {count} fois</source>
        <translation>分 {count} 期</translation>
    </message>
    <message>
        <source>{count} échéances</source>
        <translation>{count} 期</translation>
    </message>
    <message>
        <source>{others} et {last}</source>
        <translation>{others} 和 {last}</translation>
    </message>
</context>
<context>
    <name>ProposalsModel</name>
    <message>
        <source>Par défaut</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Simulation</source>
        <translation>模拟方案</translation>
    </message>
    <message>
        <source>{name} · {kind} · édition {year}</source>
        <translation>{name} · {kind} · {year} 版</translation>
    </message>
    <message>
        <source>{gross} TTC</source>
        <translation>含税 {gross}</translation>
    </message>
</context>
<context>
    <name>ProposalsPage</name>
    <message>
        <source>HT</source>
        <translation>未税</translation>
    </message>
    <message>
        <source>Pas encore de proposition.</source>
        <translation>尚无方案。</translation>
    </message>
    <message>
        <source>La reconduction d’un compte se prépare en un geste.</source>
        <translation>一步即可准备客户的续订。</translation>
    </message>
    <message>
        <source>Choisir un compte</source>
        <translation>选择客户</translation>
    </message>
    <message>
        <source>Propositions</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>En cours</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>À confirmer</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>Signées</source>
        <translation>已签署</translation>
    </message>
    <message>
        <source>Toutes</source>
        <translation>全部</translation>
    </message>
    <message numerus="yes">
        <source>%n proposition(s)</source>
        <translation>
            <numerusform>%n 个方案</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Où aller</source>
        <translation>导航</translation>
    </message>
</context>
<context>
    <name>RailItem</name>
    <message numerus="yes">
        <source>%n à voir</source>
        <translation>
            <numerusform>%n 项待查看</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RequestsPage</name>
    <message>
        <source>Rien au service client.</source>
        <translation>客服无事项。</translation>
    </message>
    <message>
        <source>Ce qu’une dissociation lui confie, et ce que la production rejette, se lira ici.</source>
        <translation>拆分后转交客服的事项以及生产退回的内容会显示在此。</translation>
    </message>
    <message>
        <source>Demandes</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>À suivre</source>
        <translation>待跟进</translation>
    </message>
    <message>
        <source>Rejets</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Toutes</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>客服</translation>
    </message>
    <message numerus="yes">
        <source>%n demande(s)</source>
        <translation>
            <numerusform>%n 个请求</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RoadModel</name>
    <message>
        <source>{rows} fiches sur {total}</source>
        <translation>{total} 条记录中的 {rows} 条</translation>
    </message>
    <message>
        <source>{rows} fiches</source>
        <translation>{rows} 条记录</translation>
    </message>
    <message>
        <source>Première lecture, en pause</source>
        <translation>首次读取，已暂停</translation>
    </message>
    <message>
        <source>Première lecture</source>
        <translation>首次读取</translation>
    </message>
    <message>
        <source>Le centre voudrait effacer ici {count} fiches sur {total}, dans {scope}.</source>
        <translation>中心要在此删除 {scope} 中 {total} 条记录里的 {count} 条。</translation>
    </message>
    <message>
        <source>Rien n’est effacé sans votre accord. En cas de doute, gardez tout et appelez le support.</source>
        <translation>未经您同意不会删除任何内容。如有疑问，请全部保留并联系支持人员。</translation>
    </message>
    <message>
        <source>Votre travail est gardé ici.</source>
        <translation>您的工作保存在此。</translation>
    </message>
    <message>
        <source>Cette version de Tournée est trop ancienne pour lire le centre.</source>
        <translation>此版本的 Tournée 太旧，无法读取中心。</translation>
    </message>
    <message>
        <source>Ce que vous faites part quand même. Mettez l’application à jour pour recevoir le reste.</source>
        <translation>您的操作仍会上传。请更新应用以接收其余内容。</translation>
    </message>
    <message>
        <source>L’horloge de cet appareil avance de {time}.</source>
        <translation>此设备的时钟快了 {time}。</translation>
    </message>
    <message>
        <source>L’horloge de cet appareil retarde de {time}.</source>
        <translation>此设备的时钟慢了 {time}。</translation>
    </message>
    <message>
        <source>Rien n’en dépend, mais les heures affichées sont fausses&#xa0;: réglez-la.</source>
        <translation>没有任何内容依赖于它，但显示的时间有误：请调整时钟。</translation>
    </message>
    <message>
        <source>le catalogue</source>
        <translation>产品目录</translation>
    </message>
    <message>
        <source>votre équipe</source>
        <translation>您的团队</translation>
    </message>
    <message>
        <source>un compte chargé</source>
        <translation>已加载的客户</translation>
    </message>
    <message>
        <source>votre portefeuille</source>
        <translation>您的客户组合</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n heure(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n jour(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SavedViews</name>
    <message>
        <source>À renouveler avant le {day}</source>
        <translation>{day} 前续订</translation>
    </message>
    <message>
        <source>Mes rejets</source>
        <translation>我的退回</translation>
    </message>
    <message>
        <source>Sans e-mail</source>
        <translation>无邮箱</translation>
    </message>
    <message>
        <source>Chargés</source>
        <translation>已加载</translation>
    </message>
    <message>
        <source>Tout</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>Scene</name>
    <message>
        <source>{account}, {year}</source>
        <translation>{account}，{year}</translation>
    </message>
</context>
<context>
    <name>SealedPane</name>
    <message>
        <source>Fermer</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>C’est signé, {name}</source>
        <translation>已签署，{name}</translation>
    </message>
    <message>
        <source>signé et confirmé</source>
        <translation>已签署并确认</translation>
    </message>
    <message>
        <source>signé, à confirmer</source>
        <translation>已签署，待确认</translation>
    </message>
    <message>
        <source>Vérification du sceau…</source>
        <translation>正在校验封印…</translation>
    </message>
    <message>
        <source>Vérifié à l’instant, au dernier octet. Cette copie reste ici et plus rien ne la change.</source>
        <translation>刚刚逐字节校验。此副本保存在此，不会再变。</translation>
    </message>
    <message>
        <source>Le sceau tient.</source>
        <translation>封印有效。</translation>
    </message>
    <message>
        <source>Ne la remettez à personne et prévenez le service client.</source>
        <translation>请勿交给任何人，并通知客服。</translation>
    </message>
    <message>
        <source>Un code par SMS au {mobile} confirmera la commande.</source>
        <translation>发送至 {mobile} 的短信验证码将确认订单。</translation>
    </message>
    <message>
        <source>Il reste le code.</source>
        <translation>还需验证码。</translation>
    </message>
    <message>
        <source>Elle ne part pas avant.</source>
        <translation>在此之前不会发出。</translation>
    </message>
    <message>
        <source>Bon {number}, scellé le {day} à {time}. Empreinte {digest}.</source>
        <translation>订购单 {number}，{day} {time} 封印。指纹 {digest}。</translation>
    </message>
</context>
<context>
    <name>SearchButton</name>
    <message>
        <source>Chercher, commander…</source>
        <translation>搜索、命令…</translation>
    </message>
    <message>
        <source>Chercher ou commander (Ctrl+K)</source>
        <translation>搜索或命令 (Ctrl+K)</translation>
    </message>
    <message>
        <source>Ctrl K</source>
        <translation>Ctrl K</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Effacer la recherche</source>
        <translation>清除搜索</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Annulé&#xa0;: {action}</source>
        <translation>已撤销：{action}</translation>
    </message>
    <message>
        <source>Rétabli&#xa0;: {action}</source>
        <translation>已重做：{action}</translation>
    </message>
    <message>
        <source>Cette action n’a pas abouti.</source>
        <translation>操作未成功。</translation>
    </message>
    <message>
        <source>Rien n’est perdu&#xa0;: tout ce qui était gardé l’est encore.</source>
        <translation>没有丢失：已保存的内容仍在。</translation>
    </message>
</context>
<context>
    <name>SettingsMenu</name>
    <message>
        <source>Travailler hors ligne</source>
        <translation>离线工作</translation>
    </message>
    <message>
        <source>Échanger maintenant</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Quitter</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Clair</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Sombre</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Fort contraste</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Comme le système</source>
        <translation>跟随系统</translation>
    </message>
</context>
<context>
    <name>SignPane</name>
    <message>
        <source>J’accepte ce bon de commande tel qu’il est affiché.</source>
        <translation>我接受所显示的订购单。</translation>
    </message>
    <message>
        <source>Signer</source>
        <translation>签署</translation>
    </message>
    <message>
        <source>signé, à confirmer</source>
        <translation>已签署，待确认</translation>
    </message>
    <message>
        <source>s’affichera tant que le code n’est pas saisi</source>
        <translation>在输入验证码之前会一直显示</translation>
    </message>
    <message>
        <source>Lisez d’abord, {name}</source>
        <translation>请先阅读，{name}</translation>
    </message>
    <message>
        <source>Signez ici, {name}</source>
        <translation>请在此签署，{name}</translation>
    </message>
    <message>
        <source>Scellement…</source>
        <translation>正在封印…</translation>
    </message>
    <message>
        <source>possible dès que la dernière ligne est lue</source>
        <translation>读完最后一行后可用</translation>
    </message>
    <message>
        <source>possible dès que vous avez signé dans le cadre</source>
        <translation>在框内签名后可用</translation>
    </message>
    <message>
        <source>possible dès que la case est cochée</source>
        <translation>勾选后可用</translation>
    </message>
    <message>
        <source>Vous signez maintenant, vous confirmez ensuite.</source>
        <translation>现在签署，稍后确认。</translation>
    </message>
    <message>
        <source>Le code de confirmation arrivera par SMS au {mobile}, un peu plus tard.</source>
        <translation>确认码稍后将通过短信发送至 {mobile}。</translation>
    </message>
    <message>
        <source>Pas de réseau ici, et ce n’est pas gênant.</source>
        <translation>此处没有网络，没关系。</translation>
    </message>
    <message>
        <source>Vous signez maintenant. Dès que le réseau revient, un code arrive par SMS au {mobile}.</source>
        <translation>现在签署。网络恢复后，验证码将通过短信发送至 {mobile}。</translation>
    </message>
    <message>
        <source>Votre commande ne part qu’après ce code.</source>
        <translation>输入该验证码后订单才会发出。</translation>
    </message>
</context>
<context>
    <name>SigningModel</name>
    <message>
        <source>Chargement du bon</source>
        <translation>正在加载订购单</translation>
    </message>
</context>
<context>
    <name>SigningPage</name>
    <message>
        <source>Reprendre la main, avec le code</source>
        <translation>输入密码收回控制</translation>
    </message>
    <message>
        <source>Bon de commande</source>
        <translation>订购单</translation>
    </message>
    <message>
        <source>Ce bon ne se lit pas.</source>
        <translation>无法读取此订购单。</translation>
    </message>
    <message>
        <source>Bon signé</source>
        <translation>已签订购单</translation>
    </message>
    <message>
        <source>page {page} sur {pages}</source>
        <translation>第 {page} / {pages} 页</translation>
    </message>
</context>
<context>
    <name>SplitDialog</name>
    <message>
        <source>Partira avec le réseau, rien à signer.</source>
        <translation>联网后发出，无需签署。</translation>
    </message>
    <message>
        <source>Dissocier «&#xa0;{proposal}&#xa0;»</source>
        <translation>拆分“{proposal}”</translation>
    </message>
    <message>
        <source>Ne rien changer</source>
        <translation>不做更改</translation>
    </message>
    <message>
        <source>Dissocier</source>
        <translation>拆分</translation>
    </message>
    <message>
        <source>Maintenant · 1 proposition</source>
        <translation>现在 · 1 个方案</translation>
    </message>
    <message>
        <source>Total HT</source>
        <translation>未税总额</translation>
    </message>
    <message>
        <source>TTC</source>
        <translation>含税</translation>
    </message>
    <message>
        <source>Choisir une raison</source>
        <translation>选择原因</translation>
    </message>
    <message>
        <source>Pourquoi, selon le client</source>
        <translation>客户所述原因</translation>
    </message>
    <message>
        <source>Reste&#xa0;: «&#xa0;{proposal}&#xa0;»</source>
        <translation>保留：“{proposal}”</translation>
    </message>
    <message>
        <source>Nouvelle proposition «&#xa0;{proposal}&#xa0;»</source>
        <translation>新方案“{proposal}”</translation>
    </message>
    <message>
        <source>Demande au service client</source>
        <translation>客服请求</translation>
    </message>
    <message>
        <source>Chute de gamme</source>
        <translation>系列流失</translation>
    </message>
    <message>
        <source>Sans plan de règlement · se signe à part</source>
        <translation>无付款计划 · 单独签署</translation>
    </message>
    <message>
        <source>{amount} HT par édition en moins, le bon n’en garde aucune trace.</source>
        <translation>每版减少未税 {amount}，订购单上不留痕迹。</translation>
    </message>
    <message>
        <source>Règlement recalculé&#xa0;: {plan}</source>
        <translation>付款计划已重算：{plan}</translation>
    </message>
    <message>
        <source>Peut être validée tout de suite</source>
        <translation>可立即确认</translation>
    </message>
    <message>
        <source>Restera à régler&#xa0;: {points}</source>
        <translation>仍需处理：{points}</translation>
    </message>
    <message>
        <source>Rien de perdu&#xa0;: chaque sous-commande va où elle peut être traitée.</source>
        <translation>没有丢失：每个子订单去往可处理之处。</translation>
    </message>
    <message>
        <source>Deux endroits</source>
        <translation>两处</translation>
    </message>
    <message>
        <source>Trois endroits</source>
        <translation>三处</translation>
    </message>
    <message>
        <source>Quatre endroits</source>
        <translation>四处</translation>
    </message>
    <message>
        <source>{places}, rien de perdu&#xa0;: chaque sous-commande va où elle peut être traitée.</source>
        <translation>{places}，没有丢失：每个子订单去往可处理之处。</translation>
    </message>
    <message>
        <source>L’ensemble fait toujours </source>
        <translation>合计仍为 </translation>
    </message>
    <message>
        <source>Les deux ensemble font toujours </source>
        <translation>两者合计仍为 </translation>
    </message>
    <message>
        <source>Les trois ensemble font toujours </source>
        <translation>三者合计仍为 </translation>
    </message>
    <message>
        <source>Les quatre ensemble font toujours </source>
        <translation>四者合计仍为 </translation>
    </message>
    <message>
        <source>{amount} HT</source>
        <translation>未税 {amount}</translation>
    </message>
    <message>
        <source>, au centime.</source>
        <translation>，分毫不差。</translation>
    </message>
    <message>
        <source>Vous pourrez tout remettre comme avant&#xa0;: Annuler, ou Ctrl Z.</source>
        <translation>可恢复原状：撤销，或 Ctrl Z。</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Revenir</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Et pour {year}</source>
        <translation>那么 {year} 年</translation>
    </message>
    <message>
        <source>Ce qui change</source>
        <translation>变更内容</translation>
    </message>
    <message>
        <source>Voir le détail</source>
        <translation>查看明细</translation>
    </message>
    <message>
        <source>Le règlement</source>
        <translation>付款</translation>
    </message>
    <message>
        <source>Revoir depuis le début</source>
        <translation>从头再看</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>Un nombre entier</source>
        <translation>请输入整数</translation>
    </message>
    <message>
        <source>Pas moins de %1</source>
        <translation>不少于 %1</translation>
    </message>
    <message>
        <source>Pas plus de %1</source>
        <translation>不多于 %1</translation>
    </message>
    <message>
        <source>Quantité</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Un de moins</source>
        <translation>减一</translation>
    </message>
    <message>
        <source>Un de plus</source>
        <translation>加一</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Lire</source>
        <translation>阅读</translation>
    </message>
    <message>
        <source>Signer</source>
        <translation>签署</translation>
    </message>
    <message>
        <source>Code SMS, plus tard</source>
        <translation>短信验证码，稍后</translation>
    </message>
    <message>
        <source>Étape {number} sur 3&#xa0;: {step}</source>
        <translation>第 {number} / 3 步：{step}</translation>
    </message>
</context>
<context>
    <name>StrokePad</name>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Effacer</source>
        <translation>清除</translation>
    </message>
    <message numerus="yes">
        <source>%n trait(s)</source>
        <translation>
            <numerusform>%n 笔</numerusform>
        </translation>
    </message>
    <message>
        <source>Rien d’écrit</source>
        <translation>空白</translation>
    </message>
</context>
<context>
    <name>SyncChip</name>
    <message>
        <source>Synchronisation&#xa0;: {state}</source>
        <translation>同步：{state}</translation>
    </message>
    <message>
        <source>À vous de voir · {count}</source>
        <translation>需要您处理 · {count}</translation>
    </message>
    <message numerus="yes">
        <source>Hors ligne · %n gardée(s)</source>
        <translation>
            <numerusform>离线 · 保存 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Hors ligne</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Lecture en pause · {share}&#xa0;%</source>
        <translation>读取已暂停 · {share}%</translation>
    </message>
    <message>
        <source>Première lecture · {share}&#xa0;%</source>
        <translation>首次读取 · {share}%</translation>
    </message>
    <message numerus="yes">
        <source>%n en attente</source>
        <translation>
            <numerusform>%n 项待发</numerusform>
        </translation>
    </message>
    <message>
        <source>À jour</source>
        <translation>已是最新</translation>
    </message>
</context>
<context>
    <name>SyncModel</name>
    <message>
        <source>Mis hors ligne</source>
        <translation>已切换为离线</translation>
    </message>
    <message>
        <source>En ligne</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Hors ligne</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>{state} · dernier échange à {hour}</source>
        <translation>{state} · 最近同步 {hour}</translation>
    </message>
    <message>
        <source>{state} · dernier échange le {day} à {hour}</source>
        <translation>{state} · 最近同步 {day} {hour}</translation>
    </message>
    <message>
        <source>Emplacement demandé. Le centre répond au prochain échange.</source>
        <translation>已申请版位。中心将在下次同步时答复。</translation>
    </message>
    <message>
        <source>Ligne de {product} retirée.</source>
        <translation>已删除 {product} 行。</translation>
    </message>
    <message>
        <source>Choix gardé. Il part au centre avec le prochain échange.</source>
        <translation>已保存选择，将随下次同步发送到中心。</translation>
    </message>
    <message>
        <source>Rangé.</source>
        <translation>已收起。</translation>
    </message>
    <message>
        <source>Rejetée par la production · {hour}</source>
        <translation>被生产退回 · {hour}</translation>
    </message>
    <message>
        <source>Deux valeurs différentes, à vous de choisir</source>
        <translation>两个不同的值，请选择</translation>
    </message>
    <message>
        <source>Refusé par le centre, à vous de voir</source>
        <translation>被中心拒绝，请查看</translation>
    </message>
    <message>
        <source>Signée, confirmée</source>
        <translation>已签署，已确认</translation>
    </message>
    <message>
        <source>Signée, à confirmer</source>
        <translation>已签署，待确认</translation>
    </message>
    <message>
        <source>{state} · {hour}</source>
        <translation>{state} · {hour}</translation>
    </message>
    <message>
        <source>Le centre répond au prochain échange · {hour}</source>
        <translation>中心将在下次同步时答复 · {hour}</translation>
    </message>
    <message>
        <source>Le compte a quitté votre portefeuille&#xa0;: envoyé quand même · {hour}</source>
        <translation>该客户已离开您的客户组合：仍会发送 · {hour}</translation>
    </message>
    <message>
        <source>Gardé ici depuis {hour}</source>
        <translation>自 {hour} 保存在此</translation>
    </message>
    <message>
        <source>Arrivé au centre · {hour}</source>
        <translation>已到达中心 · {hour}</translation>
    </message>
    <message>
        <source>Refusé par le centre</source>
        <translation>被中心拒绝</translation>
    </message>
    <message>
        <source>À savoir</source>
        <translation>须知</translation>
    </message>
    <message>
        <source>Bon signé, à refaire signer</source>
        <translation>已签署，需重新签署</translation>
    </message>
    <message>
        <source>Votre action&#xa0;: {action}.</source>
        <translation>您的操作：{action}。</translation>
    </message>
    <message>
        <source>{what}, modifié ici et au centre</source>
        <translation>{what}，本机与中心均有修改</translation>
    </message>
    <message>
        <source>L’autre valeur reste dans l’historique.</source>
        <translation>另一个值保留在历史记录中。</translation>
    </message>
    <message numerus="yes">
        <source>&#xa0;; et %n autre(s)</source>
        <translation>
            <numerusform>；以及另外 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>En dépend&#xa0;: {actions}.</source>
        <translation>依赖于它：{actions}。</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>Le centre dit&#xa0;: {code}.</source>
        <translation>中心回复：{code}。</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Ici</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>En chemin</source>
        <translation>在途</translation>
    </message>
    <message>
        <source>Rien n’attend. Tout est arrivé au centre.</source>
        <translation>没有待发内容，全部已到达中心。</translation>
    </message>
    <message>
        <source>Arrivé</source>
        <translation>已到达</translation>
    </message>
    <message>
        <source>À vous de voir</source>
        <translation>需要您处理</translation>
    </message>
    <message>
        <source>Rien ne vous attend.</source>
        <translation>没有需要处理的事项。</translation>
    </message>
    <message>
        <source>Refus et doubles saisies se liront ici.</source>
        <translation>被拒绝和重复修改的内容会显示在此。</translation>
    </message>
    <message>
        <source>Synchro</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Vous pouvez fermer&#xa0;: tout est gardé.</source>
        <translation>可以关闭：内容都已保留。</translation>
    </message>
    <message>
        <source>Détail technique</source>
        <translation>技术详情</translation>
    </message>
    <message>
        <source>Échanger maintenant</source>
        <translation>立即同步</translation>
    </message>
    <message numerus="yes">
        <source>Montrer aussi les %n suivante(s)</source>
        <translation>
            <numerusform>再显示后面 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Reprendre le réseau</source>
        <translation>恢复联网</translation>
    </message>
    <message>
        <source>Pour le support&#xa0;: rien de secret.</source>
        <translation>供支持人员使用：不含机密。</translation>
    </message>
    <message>
        <source>Copier</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>SyncSteps</name>
    <message>
        <source>fait</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>en cours</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>refusé</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>plus tard</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>pas concerné</source>
        <translation>不涉及</translation>
    </message>
    <message>
        <source>&#xa0;: </source>
        <translation>：</translation>
    </message>
</context>
<context>
    <name>TaskDialog</name>
    <message>
        <source>Nouvelle tâche</source>
        <translation>新任务</translation>
    </message>
    <message>
        <source>Quoi</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Une phrase&#xa0;: rappeler, envoyer, vérifier…</source>
        <translation>一句话：回电、发送、核对…</translation>
    </message>
    <message>
        <source>Pour le</source>
        <translation>截止日期</translation>
    </message>
    <message>
        <source>jj/mm/aaaa</source>
        <translation>yyyy-mm-dd</translation>
    </message>
</context>
<context>
    <name>TeamDialog</name>
    <message>
        <source>Le compte d’un collègue se charge pour la visite et repart ensuite. Il faut le réseau.</source>
        <translation>同事的客户会为拜访而加载，之后即移除。此操作需要联网。</translation>
    </message>
    <message>
        <source>Chercher un compte de l’équipe</source>
        <translation>搜索团队客户</translation>
    </message>
    <message>
        <source>Nom, ville, numéro</source>
        <translation>名称、城市、编号</translation>
    </message>
    <message>
        <source>Comptes de l’équipe</source>
        <translation>团队客户</translation>
    </message>
    <message>
        <source>Charger</source>
        <translation>加载</translation>
    </message>
    <message>
        <source>Tapez deux lettres au moins.</source>
        <translation>请至少输入两个字符。</translation>
    </message>
    <message>
        <source>Le centre n’est pas joignable&#xa0;: cette recherche demande le réseau.</source>
        <translation>无法连接到中心：此搜索需要联网。</translation>
    </message>
    <message>
        <source>Aucun compte de l’équipe ne correspond.</source>
        <translation>团队中没有匹配的客户。</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Chronologie</source>
        <translation>时间线</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Annuler</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>TodayModel</name>
    <message numerus="yes">
        <source>%n visite(s)</source>
        <translation>
            <numerusform>%n 次拜访</numerusform>
        </translation>
    </message>
    <message>
        <source>aucune visite</source>
        <translation>没有拜访</translation>
    </message>
    <message numerus="yes">
        <source>et %n autre(s)</source>
        <translation>
            <numerusform>以及另外 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Tâche faite.</source>
        <translation>任务已完成。</translation>
    </message>
    <message>
        <source>Faite</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Rejet à compléter</source>
        <translation>退回待补全</translation>
    </message>
    <message numerus="yes">
        <source>%n proposition(s)</source>
        <translation>
            <numerusform>%n 个方案</numerusform>
        </translation>
    </message>
    <message>
        <source>ensuite</source>
        <translation>随后</translation>
    </message>
    <message>
        <source>sur place, à {city}</source>
        <translation>同在 {city}</translation>
    </message>
    <message>
        <source>{start} → {end}</source>
        <translation>{start} → {end}</translation>
    </message>
    <message numerus="yes">
        <source>En retard de %n jour(s)</source>
        <translation>
            <numerusform>逾期 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Aujourd’hui</source>
        <translation>今天</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>Visites du jour</source>
        <translation>今日拜访</translation>
    </message>
    <message numerus="yes">
        <source>%n compte(s) sont à renouveler dans les deux mois.</source>
        <translation>
            <numerusform>两个月内有 %n 个客户需要续订。</numerusform>
        </translation>
    </message>
    <message>
        <source>Aucune visite aujourd’hui.</source>
        <translation>今天没有拜访。</translation>
    </message>
    <message>
        <source>Choisir un compte</source>
        <translation>选择客户</translation>
    </message>
    <message>
        <source>Rejet de production</source>
        <translation>生产退回</translation>
    </message>
    <message>
        <source>Rejets de production</source>
        <translation>生产退回</translation>
    </message>
    <message>
        <source>Compléter</source>
        <translation>补全</translation>
    </message>
    <message>
        <source>Attend votre réponse</source>
        <translation>等待您的答复</translation>
    </message>
    <message>
        <source>À faire</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>Rien à faire. Tout est à jour.</source>
        <translation>没有待办，一切就绪。</translation>
    </message>
    <message numerus="yes">
        <source>Voir les %n tâches</source>
        <translation>
            <numerusform>查看 %n 项任务</numerusform>
        </translation>
    </message>
    <message>
        <source>Attend le réseau</source>
        <translation>等待网络</translation>
    </message>
    <message>
        <source>Tout est gardé sur l’appareil. Partira seul&#xa0;: {changes}.</source>
        <translation>全部保存在设备上，将自动发送：{changes}。</translation>
    </message>
</context>
<context>
    <name>TotalsBlock</name>
    <message>
        <source>Total TTC</source>
        <translation>含税总额</translation>
    </message>
    <message>
        <source>{change} sur {edition}</source>
        <translation>较 {edition} {change}</translation>
    </message>
    <message>
        <source>HT</source>
        <translation>未税</translation>
    </message>
    <message>
        <source>Remises déduites</source>
        <translation>已扣折扣</translation>
    </message>
    <message>
        <source>TVA {rate}</source>
        <translation>增值税 {rate}</translation>
    </message>
    <message>
        <source>dont arrondi entre sous-commandes</source>
        <translation>其中子订单间舍入</translation>
    </message>
</context>
<context>
    <name>VisitOrder</name>
    <message>
        <source>Ordre des visites&#xa0;: {stops}</source>
        <translation>拜访顺序：{stops}</translation>
    </message>
</context>
<context>
    <name>WaitingPage</name>
    <message>
        <source>La base école se prépare</source>
        <translation>正在准备培训库</translation>
    </message>
    <message>
        <source>Des comptes d’exemple et un centre à eux, sur cette machine. Rien n’y est réel.</source>
        <translation>示例账户及其专属中心，均在本机。内容纯属虚构。</translation>
    </message>
</context>
<context>
    <name>WelcomeScene</name>
    <message>
        <source>Aujourd’hui, voici où l’on vous trouve.</source>
        <translation>今天，客户在这里找到您。</translation>
    </message>
    <message>
        <source>Voici ce que nous vous proposons.</source>
        <translation>这是我们的建议。</translation>
    </message>
    <message numerus="yes">
        <source>et %n autre(s)</source>
        <translation>
            <numerusform>以及另外 %n 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Tournée, base école</source>
        <translation>Tournée，练习库</translation>
    </message>
    <message>
        <source>Tournée</source>
        <translation>Tournée</translation>
    </message>
    <message>
        <source>Reprendre le réseau</source>
        <translation>恢复网络</translation>
    </message>
    <message>
        <source>Travailler hors ligne</source>
        <translation>离线工作</translation>
    </message>
    <message>
        <source>Annuler la dernière action</source>
        <translation>撤销上一步操作</translation>
    </message>
    <message>
        <source>Ctrl Z</source>
        <translation>Ctrl Z</translation>
    </message>
    <message>
        <source>Rétablir</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Ctrl Maj Z</source>
        <translation>Ctrl Shift Z</translation>
    </message>
    <message>
        <source>Échanger maintenant</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Mes appareils</source>
        <translation>我的设备</translation>
    </message>
</context>
<context>
    <name>WipeDialog</name>
    <message>
        <source>Effacer {device}, de {holder}</source>
        <translation>清除 {holder} 的 {device}</translation>
    </message>
    <message>
        <source>À son prochain contact, l’appareil envoie ce qu’il n’a pas encore envoyé.</source>
        <translation>下次联系时，设备会先发送尚未发送的内容。</translation>
    </message>
    <message>
        <source>Ce qui ne peut pas partir est scellé pour l’organisation et gardé.</source>
        <translation>无法发送的内容会为组织密封保存。</translation>
    </message>
    <message>
        <source>Puis il détruit sa clé, son coffre et ses copies, et le centre ne l’admet plus.</source>
        <translation>然后设备销毁密钥、保险库及其副本，中心不再接受该设备。</translation>
    </message>
    <message>
        <source>L’ordre s’annule tant que l’appareil ne l’a pas reçu.</source>
        <translation>设备收到指令之前可以取消。</translation>
    </message>
    <message>
        <source>Garder l’appareil</source>
        <translation>保留设备</translation>
    </message>
    <message>
        <source>Effacer {device}</source>
        <translation>清除 {device}</translation>
    </message>
</context>
<context>
    <name>_Bar</name>
    <message>
        <source>Onglets</source>
        <translation>标签页</translation>
    </message>
</context>
<context>
    <name>_Figures</name>
    <message numerus="yes">
        <source>%n chiffre(s)</source>
        <translation>
            <numerusform>%n 位</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Foot</name>
    <message>
        <source>choisir</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>ouvrir</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>actions seules</source>
        <translation>仅操作</translation>
    </message>
    <message>
        <source>fermer</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Échap</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>_List</name>
    <message>
        <source>Réponses</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>_ReadBar</name>
    <message>
        <source>Vous avez lu jusqu’à la dernière ligne</source>
        <translation>您已读到最后一行</translation>
    </message>
</context>
</TS>
